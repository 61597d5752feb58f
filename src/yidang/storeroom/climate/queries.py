"""What pages and reports show of the climate."""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Max, Min, QuerySet, Sum
from django.db.models.functions import TruncDate

from yidang.kernel import clock
from yidang.storeroom.climate import rules
from yidang.storeroom.climate.limits import Medium, medium
from yidang.storeroom.climate.words import plain
from yidang.storeroom.models import Alarm, HourlyReading, Sensor


@dataclass(frozen=True, slots=True)
class Standing:
    """A sensor as the overview shows it."""

    sensor: Sensor
    medium: Medium
    open_alarms: Sequence[Alarm]

    @property
    def temperature(self) -> str:
        return plain(self.sensor.last_temperature)

    @property
    def humidity(self) -> str:
        return plain(self.sensor.last_humidity)


@dataclass(frozen=True, slots=True)
class MonthOfSensor:
    """Degrees and percent; None where nothing was read. `coverage`: of the readings there should have been."""

    sensor: Sensor
    medium: Medium
    count: int
    coverage: float
    temperature: tuple[float, float, float] | None
    humidity: tuple[float, float, float] | None
    outside: float
    restless_days: int
    alarms: int
    unanswered: int


def standings() -> list[Standing]:
    rows = list(Sensor.objects.select_related("room"))
    alarms = list(open_alarms())
    return [Standing(row, medium(row.medium), [one for one in alarms if one.sensor_id == row.pk]) for row in rows]


def open_alarms() -> QuerySet[Alarm]:
    rows = Alarm.objects.filter(ended_at__isnull=True).select_related("sensor__room", "acknowledged_by")
    return rows.order_by("-raised_at")


def hours_of(sensor: Sensor, since: datetime) -> list[HourlyReading]:
    return list(HourlyReading.objects.filter(sensor=sensor, hour__gte=since).order_by("hour"))


def month_bounds(month: date) -> tuple[datetime, datetime]:
    """From its first midnight in the bureau to that of the next month."""
    first = datetime.combine(month.replace(day=1), time(), clock.CHINA)
    return first, first + timedelta(days=monthrange(month.year, month.month)[1])


def month_report(month: date) -> list[MonthOfSensor]:
    return [_month_of(sensor, month) for sensor in Sensor.objects.select_related("room")]


def _month_of(sensor: Sensor, month: date) -> MonthOfSensor:
    since, until = month_bounds(month)
    rows = HourlyReading.objects.filter(sensor=sensor, hour__gte=since, hour__lt=until)
    sums = rows.aggregate(
        n=Sum("count"),
        out=Sum("outside"),
        tl=Min("temperature_low"),
        th=Max("temperature_high"),
        ts=Sum("temperature_sum"),
        hl=Min("humidity_low"),
        hh=Max("humidity_high"),
        hs=Sum("humidity_sum"),
    )
    count = sums["n"] or 0
    alarms = Alarm.objects.filter(sensor=sensor, raised_at__gte=since, raised_at__lt=until)
    return MonthOfSensor(
        sensor=sensor,
        medium=medium(sensor.medium),
        count=count,
        coverage=min(1.0, count * sensor.every_seconds / _seconds(since, until, sensor)),
        temperature=_three(sums["tl"], sums["ts"], sums["th"], count),
        humidity=_three(sums["hl"], sums["hs"], sums["hh"], count),
        outside=rules.share_outside([(sums["out"] or 0, count)]),
        restless_days=_restless(sensor, since, until),
        alarms=alarms.count(),
        unanswered=alarms.filter(acknowledged_at__isnull=True).count(),
    )


def _seconds(since: datetime, until: datetime, sensor: Sensor) -> float:
    """Of the month as far as it has gone, and since there was this sensor."""
    passed = min(until, clock.now()) - max(since, sensor.made_at)
    return max(passed.total_seconds(), 1.0)


def _three(low: int | None, total: int | None, high: int | None, count: int) -> tuple[float, float, float] | None:
    if low is None or total is None or high is None:
        return None
    return low / 100, rules.mean(total, count), high / 100


def _restless(sensor: Sensor, since: datetime, until: datetime) -> int:
    """Days on which the air changed more than the medium bears."""
    names = tuple(rules.Hour.__dataclass_fields__)
    rows = HourlyReading.objects.filter(sensor=sensor, hour__gte=since, hour__lt=until)
    by_day: dict[date, list[rules.Hour]] = {}
    for row in rows.annotate(day=TruncDate("hour", tzinfo=clock.CHINA)).values_list("day", *names):
        by_day.setdefault(row[0], []).append(rules.Hour(*row[1:]))
    limit = medium(sensor.medium).limit
    return sum(bool(rules.swings(hours, limit)) for hours in by_day.values())
