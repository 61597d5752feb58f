"""What the credit archive asks of the rooms above it."""

from collections.abc import Sequence
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from yidang.claims import sealed
from yidang.claims.history import folder
from yidang.claims.models import Enrolee, Practitioner
from yidang.collection.holidays import work_calendar
from yidang.credit.ports import Suspension
from yidang.identity.policy import Permission, system_grant
from yidang.oversight.ports import Decided
from yidang.workflow.operations import close_tasks, open_task


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

    When it falls, what was not entered yet need not be; what was, they withdraw.
    """

    def offer(self, decided: Decided) -> None:
        for code in decided.staff:
            asked = {"code": code, "provider": decided.provider, "behaviour": decided.behaviour}
            open_task(
                grant=system_grant("oversight"),
                kind="score_offered",
                permission=Permission.SCORE_CREDIT,
                subject=decided.case_id,
                subject_url=f"{reverse('credit:enter_deduction')}?{urlencode(asked)}",
                number=decided.case,
            )

    def fallen(self, decided: Decided) -> None:
        close_tasks(kind="score_offered", subject=decided.case_id, actor=system_grant("oversight").actor)
        if decided.staff:
            open_task(
                grant=system_grant("oversight"),
                kind="score_fallen",
                permission=Permission.SCORE_CREDIT,
                subject=decided.case_id,
                subject_url=reverse("credit:archives"),
                number=decided.case,
            )
