"""What the credit archive asks of the rooms above it."""

from datetime import date

from yidang.claims import sealed
from yidang.claims.models import Enrolee, Practitioner
from yidang.collection.holidays import work_calendar


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
