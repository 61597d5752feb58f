"""Sensors at a real broker, in clear and by TLS, and what it does not believe."""

import json
import shutil
import socket
import subprocess
import time
from pathlib import Path

import pytest

from harness import Archive, wait_for
from yidang.kernel.errors import Invalid, Unavailable
from yidang.storeroom.climate import sensors
from yidang.storeroom.models import Reading

MOSQUITTO = shutil.which("mosquitto") or shutil.which("mosquitto", path="/usr/sbin")
mqtt = pytest.importorskip("paho.mqtt.client", reason="paho-mqtt IS NOT INSTALLED: MQTT was not tested")
pytestmark = pytest.mark.skipif(
    MOSQUITTO is None, reason="NO MOSQUITTO FOUND: the MQTT sensors were not tested (apt install mosquitto)"
)


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def certificate(folder: Path) -> tuple[Path, Path]:
    """One for 127.0.0.1 that vouches for itself."""
    cert, key = folder / "broker.pem", folder / "broker.key"
    made = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2"]
    made += ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out", cert]
    subprocess.run(made, check=True, capture_output=True)
    key.chmod(0o644)  # the broker reads it as a user of its own
    return cert, key


@pytest.fixture
def broker(tmp_path_factory):
    """Its plain and its TLS port; one password is known."""
    folder = tmp_path_factory.mktemp("broker")
    for one in (folder, *folder.parents[:2]):
        one.chmod(0o755)
    plain, tls = free_port(), free_port()
    cert, key = certificate(folder)
    (folder / "acl").write_text("user reader\ntopic read #\nuser T1\ntopic write yidang/climate/#\n")
    (folder / "passwords").touch()
    for name in ("reader", "T1"):
        subprocess.run(["mosquitto_passwd", "-b", folder / "passwords", name, "geheim"], check=True)
    (folder / "passwords").chmod(0o644)
    (folder / "broker.conf").write_text(
        f"per_listener_settings false\npassword_file {folder}/passwords\nacl_file {folder}/acl\nuser root\n"
        f"listener {plain} 127.0.0.1\nlistener {tls} 127.0.0.1\ncertfile {cert}\nkeyfile {key}\n"
    )
    with (folder / "broker.log").open("wb") as log:
        process = subprocess.Popen([MOSQUITTO, "-v", "-c", folder / "broker.conf"], stdout=log, stderr=log)
    wait_for(lambda: _answers(plain) and _answers(tls))
    yield {"plain": plain, "tls": tls, "ca": cert, "process": process}
    process.terminate()
    process.wait(10)
    print((folder / "broker.log").read_text())  # pytest shows it beside a failure


def _answers(port: int) -> bool:
    with socket.socket() as one:
        return one.connect_ex(("127.0.0.1", port)) == 0


@pytest.fixture
def sensor(store):
    return sensors.make_sensor(store.keeper, code="T1", room_id=store.room.pk, medium_code="paper", every_seconds=60)


@pytest.fixture
def listening():
    from yidang.storeroom.adapters.mqtt import Listener

    started = []

    def listen(url):
        listener = Listener(url)
        listener.start()
        started.append(listener)
        wait_for(listener.client.is_connected, 10)
        time.sleep(0.3)  # the subscription is answered after the connection
        return listener

    yield listen
    for listener in started:
        listener.stop()


def publish(port, topic, body):
    from paho.mqtt.enums import CallbackAPIVersion

    client = mqtt.Client(CallbackAPIVersion.VERSION2)
    client.username_pw_set("T1", "geheim")
    client.connect("127.0.0.1", port)
    client.loop_start()
    client.publish(topic, body if isinstance(body, bytes) else json.dumps(body), qos=1).wait_for_publish(10)
    client.disconnect()
    client.loop_stop()


def come_in(listener, count=1):
    wait_for(lambda: listener.flush() >= 0 and Reading.objects.count() >= count, 10)


@pytest.mark.parametrize("way", ["plain", "tls"])
def test_a_sensor_is_heard_in_clear_and_by_tls(broker, sensor, listening, way):
    _, token = sensor
    url = f"mqtt://reader:geheim@127.0.0.1:{broker['plain']}"
    if way == "tls":
        url = f"mqtts://reader:geheim@127.0.0.1:{broker['tls']}?ca={broker['ca']}"
    listener = listening(url)
    publish(broker["plain"], "yidang/climate/T1", {"token": token, "temperature": 21.4, "humidity": 52})
    come_in(listener)
    assert Reading.objects.values_list("temperature", "humidity").get() == (2140, 5200)


def test_what_has_no_token_no_sense_or_no_sensor_is_left_out(broker, sensor, listening):
    _, token = sensor
    listener = listening(f"mqtt://reader:geheim@127.0.0.1:{broker['plain']}")
    good = {"temperature": 21.4, "humidity": 52}
    for topic, body in (
        ("T1", good),
        ("T1", good | {"token": "guessed"}),
        ("T9", good | {"token": token}),
        ("T1", b"\xff["),
        ("T1", [1, 2]),
        ("T1", {"token": token}),
    ):
        publish(broker["plain"], f"yidang/climate/{topic}", body)
    publish(broker["plain"], "yidang/climate/T1", good | {"token": token, "temperature": 22})
    come_in(listener)
    assert Reading.objects.values_list("temperature", flat=True).get() == 2200


def test_a_broker_that_was_gone_is_found_again(broker, sensor, listening):
    listener = listening(f"mqtt://reader:geheim@127.0.0.1:{broker['plain']}")
    listener.client.socket().shutdown(socket.SHUT_RDWR)
    wait_for(lambda: not listener.client.is_connected(), 10)
    wait_for(listener.client.is_connected, 20)


def test_doctor_tells_whether_the_broker_is_there(broker):
    from yidang.site.config import Config
    from yidang.site.doctor.engines import sensors as look
    from yidang.storeroom.adapters.mqtt import check_broker

    assert list(look(Config())) == []
    (found,) = look(Config(mqtt_url=f"mqtt://reader:geheim@127.0.0.1:{broker['plain']}"))
    assert found.state == "good"
    with pytest.raises(Unavailable, match="mqtt_away"):
        check_broker(f"mqtt://127.0.0.1:{free_port()}", seconds=0.3)


_SENSOR = (
    "__import__('yidang.storeroom.climate.sensors', fromlist=['x']).make_sensor(SYSTEM, code='T1', medium_code='paper',"
    " every_seconds=60, room_id=__import__('yidang.storeroom.keeping.making', fromlist=['x'])"
    ".make_room(SYSTEM, code='K1', name='', zone='store').id)[1]"
)
_READINGS = "__import__('yidang.storeroom.models', fromlist=['x']).Reading.objects.count()"


def test_the_server_listens_by_itself_and_runs_on_while_the_broker_is_away(broker):
    """The listener's own loop comes back to a broker; see `test_a_broker_that_was_gone_is_found_again`."""
    archive = Archive()
    archive.settings |= {"mqtt_url": f"mqtt://reader:geheim@127.0.0.1:{broker['plain']}"}
    try:
        archive.serve()
        token = archive.ask(_SENSOR.replace("SYSTEM", "__import__('yidang.identity.policy', fromlist=['x']).SYSTEM"))
        said = {"token": token, "temperature": 21.4, "humidity": 52}
        wait_for(lambda: publish(broker["plain"], "yidang/climate/T1", said) or archive.ask(_READINGS) > 0, 60)
        broker["process"].terminate()
        broker["process"].wait(10)
        assert archive.get("/sign-in/") == 200
        told = {one["check"]: one["state"] for one in archive.json("doctor")["checks"]}
        assert told["sensors"] == "doubtful"
    finally:
        archive.remove()


@pytest.mark.parametrize("url", ["http://x", "mqtt://", "mqtts:host"])
def test_an_address_of_no_broker_is_refused(url):
    from yidang.storeroom.adapters.mqtt import broker_at

    with pytest.raises(Invalid, match="mqtt_url_wrong"):
        broker_at(url)


def test_a_sensor_is_told_where_the_house_listens():
    from yidang.storeroom.adapters.mqtt import topic_of

    assert topic_of("mqtt://broker/bureau/air", "T1") == "bureau/air/T1"
    assert topic_of("mqtt://broker", "T1") == topic_of("", "T1") == "yidang/climate/T1"
