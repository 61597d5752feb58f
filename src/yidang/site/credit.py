"""What the credit archive asks of the rooms above it."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from urllib.parse import urlencode
from uuid import UUID, uuid5

from django.urls import reverse

from yidang.claims import sealed
from yidang.claims.history import folder
from yidang.claims.models import Enrolee, Practitioner
from yidang.collection.holidays import work_calendar
from yidang.credit.asking import FALLEN, OFFERED, PARTLY_FALLEN
from yidang.credit.models import Deduction, Profession, State
from yidang.credit.ports import Suspension
from yidang.credit.queries import Basis, resting_on
from yidang.identity.policy import Permission, system_grant
from yidang.oversight.institutions import names_of
from yidang.oversight.ports import Decided
from yidang.workflow.operations import close_tasks, notify, open_task

_PROFESSIONS = {"D": Profession.DOCTOR, "N": Profession.NURSE, "Y": Profession.PHARMACIST}


class WorkingDays:
    """The bureau's working days, for the terms of appeals."""

    def working_days_after(self, day: date, count: int) -> date:
        return work_calendar().working_days_after(day, count)


class Persons:
    def index_of(self, pseudonym: int) -> bytes | None:
        """Of whom the person was joined with, when they were."""
        found = Enrolee.objects.select_related("merged_into").filter(person=pseudonym).first()
        standing = found and (found.merged_into or found)
        return bytes(standing.id_index) if standing and standing.id_index else None


class Names:
    def of_practitioner(self, code: str) -> str:
        found = Practitioner.objects.filter(pk=code).first()
        return sealed.name_of(found) if found else ""

    def of_institutions(self, codes: Iterable[str]) -> Mapping[str, str]:
        return names_of(codes)


class Publisher:
    """Suspensions as one file of the analytics history, beside those imported as a list."""

    def publish(self, suspensions: Sequence[Suspension]) -> None:
        import pyarrow as pa
        from pyarrow import parquet

        place = folder() / "suspensions"
        place.mkdir(parents=True, exist_ok=True)
        rows = [{"doctor": one.code, "from_on": one.since, "until_on": one.last} for one in suspensions]
        schema = pa.schema([("doctor", pa.string()), ("from_on", pa.date32()), ("until_on", pa.date32())])
        parquet.write_table(pa.Table.from_pylist(rows, schema=schema), place / ".credit")
        (place / ".credit").replace(place / "credit.parquet")


class Offers:
    """What a decision of inspection says of staff: tasks for the credit administrators, who enter it or not.

    When it falls, what was not entered yet need not be; what was, they withdraw. When part of it falls, they are told,
    and judge whether the points still stand. Over this wall go the number and day of the decision, the institution, the
    behaviour and codes of staff, and no word of anything medical.
    """

    def offer(self, decided: Decided) -> None:
        for code in decided.staff:
            key = _key(decided, code)
            open_task(
                grant=system_grant("oversight"),
                kind=OFFERED,
                permission=Permission.SCORE_CREDIT,
                subject=key,
                subject_url=f"{reverse('credit:enter_deduction')}?{urlencode(_form(decided, code) | {'offer': key})}",
                number=decided.case,
            )

    def fallen(self, decided: Decided, *, in_part: bool = False) -> None:
        tell = _tell_partly_fallen if in_part else _open_fallen
        if not in_part:
            _close_offers(decided)
        year, serial = _number(decided.case)
        basis = Basis(decided.provider, decided.staff, decided.behaviour, year, serial, decided.decided_on)
        for points in resting_on(basis):
            tell(decided, points, Permission.SCORE_CREDIT, reverse("credit:card", args=[points.subject_id]))
            if points.state == State.ASKED:  # whoever was about to agree
                tell(decided, points, Permission.DECIDE_CREDIT, reverse("credit:to_decide"))


def _close_offers(decided: Decided) -> None:
    for one in [decided.case_id, *(_key(decided, code) for code in decided.staff)]:
        close_tasks(kind=OFFERED, subject=one, actor=system_grant("oversight").actor)


def _tell_partly_fallen(decided: Decided, _points: Deduction, permission: Permission, url: str) -> None:
    """A notice, no task: the points may well stand, and nobody need do anything about them."""
    notify(kind=PARTLY_FALLEN, permission=permission, facts={"number": decided.case}, subject_url=url)


def _open_fallen(decided: Decided, points: Deduction, permission: Permission, url: str) -> None:
    open_task(
        grant=system_grant("oversight"),
        kind=FALLEN,
        permission=permission,
        subject=points.pk,
        subject_url=url,
        number=decided.case,
    )


def _key(decided: Decided, code: str) -> UUID:
    """One offer for each of the staff: entering the points of one leaves those of the others to be entered."""
    return uuid5(decided.case_id, code)


def _number(case: str) -> tuple[int, int]:
    """Year and serial of the number that the letter bears."""
    found = re.search(r"(\d{4})-(\d+)$", case)
    return (int(found[1]), int(found[2])) if found else (0, 0)


def _form(decided: Decided, code: str) -> dict[str, object]:
    """What is known of the form in which points are entered."""
    year, serial = _number(decided.case)
    return {
        "code": code,
        "profession": _PROFESSIONS.get(code[:1], Profession.DOCTOR).value,
        "provider": decided.provider,
        "against": decided.provider,
        "behaviour": decided.behaviour,
        "year": year,
        "serial": serial,
        "effective_on": decided.decided_on.isoformat(),
    }
