"""Sensors are made known; each has a token that is shown once and kept as a digest."""

import hmac
import re
import secrets
from uuid import UUID

from django.db import transaction

from yidang.crypto.sm import sm3
from yidang.identity.policy import Grant, Permission
from yidang.kernel import clock
from yidang.kernel.errors import Conflict, Invalid, NotFound
from yidang.ledger.operations import append
from yidang.storeroom.climate.limits import medium
from yidang.storeroom.models import Place, Sensor

_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,31}")
_SLOWEST = 3600


@transaction.atomic
def make_sensor(
    grant: Grant, *, code: str, room_id: UUID, medium_code: str, every_seconds: int, trusts_broker: bool = False
) -> tuple[Sensor, str]:
    """The sensor and its token, which nobody can be shown again.

    Raises:
        Invalid: `sensor_code_wrong`, `sensor_pace_wrong`, `medium_unknown`. NotFound: `place_not_found`.
        Conflict: `sensor_taken`.
    """
    grant.require(Permission.MANAGE_STOREROOM)
    if not _CODE.fullmatch(code.strip()):
        raise Invalid("sensor_code_wrong")
    if not 1 <= every_seconds <= _SLOWEST:
        raise Invalid("sensor_pace_wrong", most=_SLOWEST)
    room = Place.objects.filter(pk=room_id, kind=Place.Kind.ROOM).first()
    if room is None:
        raise NotFound("place_not_found", place="")
    if Sensor.objects.filter(code=code.strip()).exists():
        raise Conflict("sensor_taken", sensor=code.strip())
    token = secrets.token_urlsafe(24)
    sensor = Sensor(code=code.strip(), room=room, medium=medium(medium_code).code, every_seconds=every_seconds)
    sensor.token_digest, sensor.trusts_broker, sensor.made_at = _digest(token), trusts_broker, clock.now()
    sensor.save()
    _tell(grant.actor, "sensor.made", sensor)
    return sensor, token


@transaction.atomic
def renew_token(grant: Grant, *, sensor_id: UUID) -> tuple[Sensor, str]:
    """The former token stops working at once. Raises NotFound `sensor_not_found`."""
    grant.require(Permission.MANAGE_STOREROOM)
    sensor, token = find_sensor(sensor_id), secrets.token_urlsafe(24)
    sensor.token_digest = _digest(token)
    sensor.save(update_fields=["token_digest"])
    _tell(grant.actor, "sensor.token_renewed", sensor)
    return sensor, token


@transaction.atomic
def switch_sensor(grant: Grant, *, sensor_id: UUID, is_active: bool) -> Sensor:
    """Raises NotFound `sensor_not_found`."""
    grant.require(Permission.MANAGE_STOREROOM)
    sensor = find_sensor(sensor_id)
    if sensor.is_active == is_active:
        return sensor
    sensor.is_active, sensor.last_at = is_active, clock.now() if is_active else sensor.last_at
    sensor.save(update_fields=["is_active", "last_at"])
    _tell(grant.actor, "sensor.switched_on" if is_active else "sensor.switched_off", sensor)
    return sensor


def _tell(actor: str, action: str, sensor: Sensor) -> None:
    facts = {"code": sensor.code, "room": sensor.room.code, "medium": sensor.medium, "every": sensor.every_seconds}
    append(action=action, actor=actor, subject=sensor.id, facts=facts)


def find_sensor(sensor_id: UUID) -> Sensor:
    """Raises NotFound `sensor_not_found`."""
    found = Sensor.objects.select_related("room").filter(id=sensor_id).first()
    if found is None:
        raise NotFound("sensor_not_found")
    return found


def sensor_by_token(token: str) -> Sensor | None:
    """For HTTP, where the token alone says who speaks."""
    return Sensor.objects.filter(token_digest=_digest(token), is_active=True).first() if token else None


def speaks_for(sensor: Sensor, token: str) -> bool:
    """For MQTT, where the topic says who speaks and the token proves it."""
    return sensor.trusts_broker or hmac.compare_digest(sensor.token_digest, _digest(token))


def _digest(token: str) -> str:
    return sm3(token.encode()).hex()
