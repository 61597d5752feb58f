"""八防 rounds: the checklist answered, what is wrong written down with an owner and a date, and its cure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse

from yidang.crypto.fields import open_json, seal_json
from yidang.identity.models import Staff
from yidang.identity.policy import Grant, Permission
from yidang.kernel import clock
from yidang.kernel.errors import Conflict, Invalid, NotFound
from yidang.ledger.operations import append
from yidang.storeroom.models import Answer, Finding, Place, Round
from yidang.storeroom.rounds.checklist import checklist, point
from yidang.storeroom.rounds.photos import MOST_AT_ONCE, keep_photo
from yidang.workflow.operations import close_tasks, meet_deadline, open_task, set_deadline

_TABLE = "storeroom_finding"
_LONGEST = 400
_DAYS = (-3, 0, 1, 7)


@dataclass(frozen=True, slots=True)
class Wrong:
    """A finding as it is given: what, who sees to it, until when."""

    words: str
    owner: UUID
    due_on: date
    photos: Sequence[bytes] = ()


@transaction.atomic
def begin_round(grant: Grant, *, room_id: UUID) -> Round:
    """Raises NotFound `place_not_found`."""
    grant.require(Permission.MANAGE_STOREROOM)
    room = Place.objects.filter(pk=room_id, kind=Place.Kind.ROOM).first()
    if room is None:
        raise NotFound("place_not_found", place="")
    made = Round(room=room, checklist=checklist().version, opened_by_id=grant.person, opened_at=clock.now())
    made.save()
    facts = {"number": made.name, "room": room.code, "checklist": made.checklist}
    append(action="round.begun", actor=grant.actor, subject=made.id, facts=facts)
    return made


@transaction.atomic
def answer(grant: Grant, *, round_id: UUID, point_code: str, wrong: Wrong | None = None) -> Finding | None:
    """Good, or wrong with a finding. An answer stands.

    Raises:
        NotFound: `round_not_found`. Conflict: `round_finished`, `point_answered`.
        Invalid: `round_point_unknown`, `finding_words_missing`, `photo_unreadable`.
    """
    grant.require(Permission.MANAGE_STOREROOM)
    found, asked = find_round(round_id, lock=True), point(point_code)
    if found.finished_at:
        raise Conflict("round_finished", number=found.name)
    if found.answers.filter(point=asked.code).exists():
        raise Conflict("point_answered")
    Answer.objects.create(round=found, point=asked.code, is_good=wrong is None, answered_at=clock.now())
    facts = {"number": found.name, "point": asked.code, "good": wrong is None}
    append(action="round.answered", actor=grant.actor, subject=found.id, facts=facts)
    finding = _find(grant, found, asked.code, wrong) if wrong else None
    if found.answers.count() == len(checklist().points):
        _finish(grant, found)
    return finding


def _finish(grant: Grant, found: Round) -> None:
    found.finished_at = clock.now()
    found.save(update_fields=["finished_at"])
    facts = {"number": found.name, "findings": found.findings.count()}
    append(action="round.finished", actor=grant.actor, subject=found.id, facts=facts)


def _find(grant: Grant, found: Round, point_code: str, wrong: Wrong) -> Finding:
    owner = Staff.objects.filter(pk=wrong.owner, is_active=True).first()
    words = wrong.words.strip()[:_LONGEST]
    if not words or owner is None or wrong.due_on < clock.today():
        raise Invalid("finding_words_missing")
    finding = Finding(round=found, point=point_code, owner=owner, due_on=wrong.due_on, found_at=clock.now())
    finding.sealed = seal_json(words, table=_TABLE, row=str(finding.id), field="words")
    finding.save()
    for data in wrong.photos[:MOST_AT_ONCE]:
        keep_photo(finding, data, is_of_cure=False)
    facts = {"number": found.name, "point": point_code, "owner": str(owner.pk), "due_on": wrong.due_on.isoformat()}
    append(action="round.found", actor=grant.actor, subject=found.id, facts=facts, private={"words": words})
    _hand_over(grant, finding)
    return finding


def _hand_over(grant: Grant, finding: Finding) -> None:
    where, number = reverse("storeroom:round", args=[finding.round.id]), finding.round.name
    open_task(
        grant=grant,
        kind="round_finding",
        subject_url=where,
        assignee=finding.owner_id,
        subject=finding.id,
        number=number,
    )
    set_deadline(
        kind="round_finding_due",
        due_on=finding.due_on,
        days=_DAYS,
        subject=finding.id,
        subject_url=where,
        number=number,
        assignee=finding.owner_id,
    )


@transaction.atomic
def cure(grant: Grant, *, finding_id: UUID, words: str, photos: Sequence[bytes] = ()) -> Finding:
    """By the owner, or by who keeps the store.

    Raises:
        NotFound: `finding_not_found`. NotAllowed: `not_allowed`. Conflict: `finding_cured`.
        Invalid: `finding_words_missing`, `photo_unreadable`.
    """
    rows = Finding.objects.select_for_update(of=("self",)).select_related("round")
    finding = rows.filter(pk=finding_id).first()
    if finding is None:
        raise NotFound("finding_not_found")
    if grant.staff_id != finding.owner_id:
        grant.require(Permission.MANAGE_STOREROOM)
    if finding.cured_at:
        raise Conflict("finding_cured")
    told = words.strip()[:_LONGEST]
    if not told:
        raise Invalid("finding_words_missing")
    finding.cured_at, finding.cured_by_id = clock.now(), grant.person
    finding.sealed_cure = seal_json(told, table=_TABLE, row=str(finding.id), field="cure")
    finding.save()
    for data in photos[:MOST_AT_ONCE]:
        keep_photo(finding, data, is_of_cure=True)
    facts = {"number": finding.round.name, "point": finding.point}
    append(action="round.cured", actor=grant.actor, subject=finding.round.id, facts=facts, private={"words": told})
    close_tasks(kind="round_finding", subject=finding.id, actor=grant.actor)
    meet_deadline(kind="round_finding_due", subject=finding.id)
    return finding


def find_round(round_id: UUID, *, lock: bool = False) -> Round:
    """Raises NotFound `round_not_found`."""
    rows = Round.objects.select_for_update(of=("self",)) if lock else Round.objects
    found = rows.select_related("room", "opened_by").filter(id=round_id).first()
    if found is None:
        raise NotFound("round_not_found")
    return found


def open_findings() -> QuerySet[Finding]:
    """The most urgent first."""
    return Finding.objects.filter(cured_at__isnull=True).select_related("round__room", "owner").order_by("due_on")


def words_of(finding: Finding) -> tuple[str, str]:
    """What was found, and how it was cured; blank before."""
    found: str = open_json(bytes(finding.sealed), table=_TABLE, row=str(finding.id), field="words")
    if finding.sealed_cure is None:
        return found, ""
    cured: str = open_json(bytes(finding.sealed_cure), table=_TABLE, row=str(finding.id), field="cure")
    return found, cured
