"""What the credit archive asks of the rooms above it."""

from datetime import date

from yidang.collection.holidays import work_calendar


class WorkingDays:
    """The bureau's working days, for the terms of appeals."""

    def working_days_after(self, day: date, count: int) -> date:
        return work_calendar().working_days_after(day, count)
