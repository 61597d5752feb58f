"""Duties that wait for nobody's request: impact assessments before, leak notices after."""

from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.urls import reverse

from yidang.access.requests.models import ImpactAssessment, LeakNotice
from yidang.access.requests.operations import duties
from yidang.crypto.fields import open_json, seal_json
from yidang.identity.policy import Grant, Permission
from yidang.kernel import clock
from yidang.kernel.errors import Conflict, Invalid, NotFound
from yidang.ledger.operations import append
from yidang.workflow.operations import notify

MAY_KEEP = Permission.RELEASE_DATA
_ASSESSMENT, _LEAK = "access_impact_assessment", "access_leak_notice"


@dataclass(frozen=True)
class Assessment:
    """Contents of art. 56: lawfulness and necessity, influence and risks, fitness of the protective measures."""

    processing: str
    necessity: str
    risks: str
    measures: str
    conclusion: str

    def shown(self) -> list[tuple[str, str]]:
        return list(asdict(self).items())


@dataclass(frozen=True)
class Leak:
    """Contents of art. 57: kinds of data, cause, possible harm, what we did, what persons can do, whom to ask."""

    what: str
    categories: str
    cause: str
    harm: str
    measures: str
    advice: str
    contact: str

    def shown(self) -> list[tuple[str, str]]:
        return list(asdict(self).items())


@transaction.atomic
def keep_assessment(*, grant: Grant, occasion: str, content: Assessment) -> ImpactAssessment:
    """Raises Invalid: `duty_incomplete` with the field."""
    grant.require(MAY_KEEP)
    if occasion not in duties()["assessment"]["occasions"]:
        raise Invalid("duty_incomplete", field="occasion")
    _complete(asdict(content))
    today = clock.today()
    years = duties()["assessment"]["years"]
    made = ImpactAssessment(
        occasion=occasion, made_by_id=grant.person, made_on=today, keep_until=_years_on(today, years)
    )
    made.sealed = seal_json(asdict(content), table=_ASSESSMENT, row=str(made.id), field="content")
    made.save()
    facts = {"number": made.number, "occasion": occasion}
    append(action="assessment.kept", actor=grant.actor, subject=made.id, facts=facts, private=asdict(content))
    return made


@transaction.atomic
def report_leak(*, grant: Grant, found_at: datetime, persons: int, content: Leak) -> LeakNotice:
    """Raises Invalid: `duty_incomplete` with the field."""
    grant.require(MAY_KEEP)
    _complete(asdict(content))
    if found_at > clock.now():
        raise Invalid("duty_incomplete", field="found_at")
    made = LeakNotice(found_at=found_at, persons=persons, reported_by_id=grant.person)
    made.sealed = seal_json(asdict(content), table=_LEAK, row=str(made.id), field="content")
    made.save()
    facts = {"number": made.number, "persons": persons}
    append(action="leak.reported", actor=grant.actor, subject=made.id, facts=facts, private=asdict(content))
    for permission in (Permission.MANAGE_ROLES, Permission.SEE_AUDIT, Permission.RELEASE_DATA):
        number = {"number": f"L{made.number}"}
        notify(kind="leak_reported", subject_url=_url(permission), permission=permission, facts=number)
    return made


@transaction.atomic
def tell(*, grant: Grant, leak_id: UUID, whom: str, waiver: str = "") -> LeakNotice:
    """Notes that the authority, or the persons, were told; with `waiver`, why persons need not be (art. 57 ¶2).

    Raises:
        NotFound: `leak_not_found`. Conflict: `leak_told_already`. Invalid: `duty_incomplete`.
    """
    grant.require(MAY_KEEP)
    leak = LeakNotice.objects.select_for_update().filter(id=leak_id).first()
    if leak is None:
        raise NotFound("leak_not_found")
    column = {"authority": "authority_told_at", "persons": "persons_told_at"}.get(whom)
    if column is None:
        raise Invalid("duty_incomplete", field="whom")
    if getattr(leak, column) is not None:
        raise Conflict("leak_told_already")
    setattr(leak, column, clock.now())
    if waiver.strip() and whom == "persons":
        leak.sealed_waiver = seal_json(waiver.strip(), table=_LEAK, row=str(leak.id), field="waiver")
    if leak.authority_told_at and leak.persons_told_at:
        leak.closed_at = clock.now()
    leak.save()
    facts = {"number": leak.number, "whom": whom, "waived": bool(waiver.strip())}
    append(action="leak.told", actor=grant.actor, subject=leak.id, facts=facts)
    return leak


def tell_by(leak: LeakNotice) -> datetime:
    """Until when, by the house's own measure of "at once"."""
    return leak.found_at + timedelta(hours=duties()["leak"]["hours"])


def assessment_of(row: ImpactAssessment) -> Assessment:
    return Assessment(**_opened(row.sealed, _ASSESSMENT, row.id, "content"))


def leak_of(row: LeakNotice) -> Leak:
    return Leak(**_opened(row.sealed, _LEAK, row.id, "content"))


def waiver_of(row: LeakNotice) -> str:
    return str(_opened(row.sealed_waiver, _LEAK, row.id, "waiver")) if row.sealed_waiver else ""


def _opened(sealed: bytes | memoryview, table: str, row: UUID, field: str) -> Any:
    return open_json(bytes(sealed), table=table, row=str(row), field=field)


def _complete(content: dict[str, str]) -> None:
    for name, text in content.items():
        if not text.strip():
            raise Invalid("duty_incomplete", field=name)


def _url(permission: Permission) -> str:
    return reverse("access:privacy") if permission == Permission.RELEASE_DATA else reverse("home")


def _years_on(day: date, years: int) -> date:
    """The same day so many years later; 29 February becomes 1 March."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)
