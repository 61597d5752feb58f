"""Sensors that speak MQTT: `<prefix>/<sensor code>`, JSON as by HTTP with the sensor's token beside it."""

import json
import logging
import queue
import ssl
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from yidang.kernel.errors import Invalid, Unavailable
from yidang.storeroom.climate.sensors import speaks_for
from yidang.storeroom.climate.taking import Measured, read_measures, take_readings
from yidang.storeroom.models import Sensor

log = logging.getLogger(__name__)
_SCHEMES = {"mqtt": 1883, "mqtts": 8883}
_MOST_WAITING = 20_000
_MOST_BYTES = 64 * 1024
_KEEPALIVE = 30
_PAUSE = 0.05
_PREFIX = "yidang/climate"


@dataclass(frozen=True, slots=True)
class Broker:
    """`mqtts://user:password@host:8883/prefix?ca=/path/ca.pem&cert=/path/c.pem&key=/path/k.pem`."""

    host: str
    port: int
    username: str
    password: str
    prefix: str
    is_tls: bool
    ca: str = ""
    cert: str = ""
    key: str = ""


def broker_at(url: str) -> Broker:
    """Raises Invalid `mqtt_url_wrong`."""
    parts = urlsplit(url)
    if parts.scheme not in _SCHEMES or not parts.hostname:
        raise Invalid("mqtt_url_wrong")
    files = {name: values[0] for name, values in parse_qs(parts.query).items() if name in {"ca", "cert", "key"}}
    return Broker(
        host=parts.hostname,
        port=parts.port or _SCHEMES[parts.scheme],
        username=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        prefix=parts.path.strip("/") or _PREFIX,
        is_tls=parts.scheme == "mqtts",
        **files,
    )


def topic_of(url: str, sensor: str) -> str:
    """Where the sensor speaks; without a broker, where it will as long as the address names no other prefix."""
    return f"{broker_at(url).prefix if url else _PREFIX}/{sensor}"


class Listener:
    """Messages wait in memory until `flush` writes all of them at once; too many, and the newest are let go."""

    def __init__(self, url: str) -> None:
        try:
            from paho.mqtt import client as mqtt
            from paho.mqtt.enums import CallbackAPIVersion
        except ImportError:
            raise Unavailable("mqtt_not_installed", retryable=False) from None
        self.broker = broker_at(url)
        self._waiting: queue.Queue[tuple[str, bytes]] = queue.Queue(_MOST_WAITING)
        self._taken: list[tuple[str, bytes]] = []
        self.client = mqtt.Client(CallbackAPIVersion.VERSION2, client_id="")
        self.client.on_connect = self._subscribe
        self.client.on_message = self._take
        if self.broker.username:
            self.client.username_pw_set(self.broker.username, self.broker.password)
        if self.broker.is_tls:
            self.client.tls_set_context(_context(self.broker))

    def start(self) -> None:
        """Connects in the background and again whenever the broker is gone."""
        self.client.connect_async(self.broker.host, self.broker.port, keepalive=_KEEPALIVE)
        self.client.loop_start()

    def stop(self) -> None:
        self.client.disconnect()
        self.client.loop_stop()

    def _subscribe(self, client: Any, _data: Any, _flags: Any, reason: Any, _properties: Any) -> None:
        if reason.is_failure:
            log.warning("The MQTT broker refuses: %s", reason)
            return
        client.subscribe(f"{self.broker.prefix}/+", qos=1)
        log.info("Listening to the MQTT broker at %s:%s", self.broker.host, self.broker.port)

    def _take(self, _client: Any, _data: Any, message: Any) -> None:
        try:
            self._waiting.put_nowait((message.topic, message.payload))
        except queue.Full:
            log.warning("More readings wait than can be held; the newest are let go")

    def flush(self) -> int:
        """Writes what waits; how many readings were new."""
        while not self._waiting.empty():
            self._taken.append(self._waiting.get_nowait())
        if not self._taken:
            return 0
        fresh = take_readings(_distinct(self._taken))
        self._taken = []  # only now: what could not be written comes again
        return fresh


def check_broker(url: str, *, seconds: float = 5.0) -> Broker:
    """Connects as the listener would.

    Raises:
        Invalid: `mqtt_url_wrong`. Unavailable: `mqtt_not_installed`, `mqtt_away`.
    """
    listener = Listener(url)
    listener.start()
    try:
        deadline = time.monotonic() + seconds
        while not listener.client.is_connected():
            if time.monotonic() > deadline:
                raise Unavailable("mqtt_away", host=listener.broker.host, port=listener.broker.port)
            time.sleep(_PAUSE)
    finally:
        listener.stop()
    return listener.broker


def _context(broker: Broker) -> ssl.SSLContext:
    context = ssl.create_default_context(cafile=broker.ca or None)
    if broker.cert:
        context.load_cert_chain(broker.cert, broker.key or None)
    return context


def _distinct(messages: list[tuple[str, bytes]]) -> list[Measured]:
    codes = {topic.rpartition("/")[2] for topic, _ in messages}
    sensors = {one.code: one for one in Sensor.objects.select_related("room").filter(code__in=codes, is_active=True)}
    found: dict[tuple[int, object], Measured] = {}
    for topic, payload in messages:
        code = topic.rpartition("/")[2]
        for one in _measures(sensors.get(code), payload):
            found[one.sensor.pk, one.at] = one
    return list(found.values())


def _measures(sensor: Sensor | None, payload: bytes) -> list[Measured]:
    """Nobody waits for an answer here: what cannot be taken is left out, and the silence raises an alarm."""
    if sensor is None or len(payload) > _MOST_BYTES:
        return []
    try:
        body = json.loads(payload)
        token = body.get("token", "") if isinstance(body, dict) else ""
        if not speaks_for(sensor, str(token)):
            log.warning("Sensor %s spoke by MQTT without its token", sensor.code)
            return []
        return read_measures(sensor, body.get("readings", body) if isinstance(body, dict) else body)
    except (ValueError, RecursionError, Invalid):
        log.warning("Sensor %s said by MQTT what is no reading", sensor.code)
        return []
