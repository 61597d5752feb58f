"""The working days of the bureau: packaged holidays under the ones the bureau enters itself."""

import csv
import io
from datetime import date
from functools import cache
from importlib.resources import files

from django.db import transaction

from yidang.collection.models import Holiday
from yidang.collection.rules import WorkCalendar
from yidang.identity.policy import Grant, Permission
from yidang.kernel.errors import Invalid
from yidang.ledger.operations import append

_LONGEST = 200


@cache
def packaged() -> dict[date, bool]:
    """Day → whether it is worked after all."""
    text = files("yidang.collection").joinpath("data/holidays.csv").read_text(encoding="utf-8")
    return {date.fromisoformat(row["day"]): row["is_working"] == "1" for row in csv.DictReader(io.StringIO(text))}


def years_known() -> list[int]:
    """Without its holidays a year's dates fall on every weekday: the page says for which years they are known."""
    own = Holiday.objects.values_list("day__year", flat=True)
    return sorted({*own, *(day.year for day in packaged())})


def work_calendar() -> WorkCalendar:
    days = packaged() | dict(Holiday.objects.values_list("day", "is_working"))
    return WorkCalendar(
        holidays=frozenset(day for day, is_working in days.items() if not is_working),
        workdays=frozenset(day for day, is_working in days.items() if is_working),
    )


@transaction.atomic
def keep_holiday(grant: Grant, *, day: date, is_working: bool, source: str) -> Holiday:
    """Raises Invalid: `holiday_without_source`. Dates of open obligations move with the next turn of the keeper."""
    grant.require(Permission.COLLECT)
    if not source.strip():
        raise Invalid("holiday_without_source")
    made, _ = Holiday.objects.update_or_create(
        day=day, defaults={"is_working": is_working, "source": source.strip()[:_LONGEST]}
    )
    facts = {"day": day.isoformat(), "is_working": is_working}
    append(action="holiday.kept", actor=grant.actor, facts=facts)
    return made
