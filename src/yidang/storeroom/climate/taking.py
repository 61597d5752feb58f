"""Readings come in: once each, raw and into their hour, in two statements however many there are."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.utils.dateparse import parse_datetime

from yidang.kernel import clock
from yidang.kernel.errors import Invalid
from yidang.storeroom.climate.limits import medium
from yidang.storeroom.climate.rules import Air, breaches, hundredths
from yidang.storeroom.climate.watching import look_at
from yidang.storeroom.models import Sensor

MOST_AT_ONCE = 5000
_AHEAD = timedelta(minutes=5)
_COLDEST, _HOTTEST, _DAMPEST = -60.0, 120.0, 100.0

# What is known already is passed over, so that nothing counts twice in its hour.
_TAKE = """
WITH given AS (
  SELECT * FROM unnest(%s::smallint[], %s::timestamptz[], %s::smallint[], %s::smallint[], %s::boolean[])
    AS g(sensor_id, at, temperature, humidity, is_outside)
), fresh AS (
  INSERT INTO storeroom_reading (sensor_id, at, temperature, humidity)
  SELECT sensor_id, at, temperature, humidity FROM given ON CONFLICT DO NOTHING
  RETURNING sensor_id, at, temperature, humidity
), hours AS (
  SELECT f.sensor_id, date_trunc('hour', f.at, 'UTC') AS hour, count(*) AS n,
    min(f.temperature) AS tl, max(f.temperature) AS th, sum(f.temperature) AS ts,
    min(f.humidity) AS hl, max(f.humidity) AS hh, sum(f.humidity) AS hs,
    count(*) FILTER (WHERE g.is_outside) AS outside
  FROM fresh f JOIN given g ON g.sensor_id = f.sensor_id AND g.at = f.at GROUP BY 1, 2
), kept AS (
  INSERT INTO storeroom_hourlyreading AS h (sensor_id, hour, count, temperature_low, temperature_high,
    temperature_sum, humidity_low, humidity_high, humidity_sum, outside)
  SELECT * FROM hours ON CONFLICT (sensor_id, hour) DO UPDATE SET
    count = h.count + excluded.count, outside = h.outside + excluded.outside,
    temperature_low = least(h.temperature_low, excluded.temperature_low),
    temperature_high = greatest(h.temperature_high, excluded.temperature_high),
    temperature_sum = h.temperature_sum + excluded.temperature_sum,
    humidity_low = least(h.humidity_low, excluded.humidity_low),
    humidity_high = greatest(h.humidity_high, excluded.humidity_high),
    humidity_sum = h.humidity_sum + excluded.humidity_sum
)
SELECT sensor_id, count(*) FROM fresh GROUP BY 1
"""


@dataclass(frozen=True, slots=True)
class Measured:
    sensor: Sensor
    at: datetime
    air: Air


def read_measures(sensor: Sensor, body: object) -> list[Measured]:
    """`{"temperature": 21.4, "humidity": 52.0, "at": "…"}` or a list of them; without `at` it is now.

    Raises:
        Invalid: `reading_malformed`.
    """
    rows: list[Any] = body if isinstance(body, list) else [body]
    if not 1 <= len(rows) <= MOST_AT_ONCE:
        raise Invalid("reading_malformed")
    try:
        found = {one.at: one for one in (_measured(sensor, row) for row in rows)}
    except (KeyError, TypeError, ValueError, OverflowError):
        raise Invalid("reading_malformed") from None
    return list(found.values())


def _measured(sensor: Sensor, row: Mapping[str, Any]) -> Measured:
    temperature, humidity = float(row["temperature"]), float(row["humidity"])
    at = parse_datetime(row["at"]) if "at" in row else clock.now()
    is_plausible = _COLDEST <= temperature <= _HOTTEST and 0 <= humidity <= _DAMPEST
    if not is_plausible or at is None or at.tzinfo is None or not _oldest() <= at <= clock.now() + _AHEAD:
        raise Invalid("reading_malformed")
    return Measured(sensor, at.astimezone(UTC), Air(hundredths(temperature), hundredths(humidity)))


def _oldest() -> datetime:
    """Older than what is kept raw could not be told from a repetition."""
    days: int = settings.YIDANG.climate_keep_days
    return clock.now() - timedelta(days=days)


@transaction.atomic
def take_readings(measures: Sequence[Measured]) -> int:
    """How many were new. Alarms are judged in the same transaction."""
    if not measures:
        return 0
    fresh = _write(measures)
    for sensor, newest in _newest(measures).items():
        if fresh.get(sensor.pk):
            _remember(sensor, newest)
            look_at(sensor)
    return sum(fresh.values())


def _write(measures: Sequence[Measured]) -> dict[int, int]:
    columns = (
        [one.sensor.pk for one in measures],
        [one.at for one in measures],
        [one.air.temperature for one in measures],
        [one.air.humidity for one in measures],
        [any(breaches(one.air, medium(one.sensor.medium).limit)) for one in measures],
    )
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, columns)
        return dict(cursor.fetchall())


def _newest(measures: Iterable[Measured]) -> dict[Sensor, Measured]:
    by_sensor: dict[Sensor, list[Measured]] = defaultdict(list)
    for one in measures:
        by_sensor[one.sensor].append(one)
    return {sensor: max(some, key=lambda one: one.at) for sensor, some in by_sensor.items()}


def _remember(sensor: Sensor, newest: Measured) -> None:
    if sensor.last_at and sensor.last_at > newest.at:
        return
    sensor.last_at = newest.at
    sensor.last_temperature, sensor.last_humidity = newest.air.temperature, newest.air.humidity
    sensor.save(update_fields=["last_at", "last_temperature", "last_humidity"])


def drop_old() -> int:
    """Raw readings beyond the days they are kept; their hours stay.

    Plain deletion: the role we work as owns no table, so it could make and drop no partitions.
    """
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM storeroom_reading WHERE at < %s", [_oldest()])
        return int(cursor.rowcount)
