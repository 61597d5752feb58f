"""Readings come in once, alarms are raised by several that agree, and somebody answers."""

import json
from dataclasses import replace
from datetime import timedelta
from io import BytesIO

import pytest
from django.conf import settings
from django.test import Client
from openpyxl import load_workbook

from yidang.kernel import clock
from yidang.kernel.errors import Conflict, Invalid, NotAllowed
from yidang.storeroom.climate import queries, report, sensors, taking, watching
from yidang.storeroom.climate.limits import media
from yidang.storeroom.models import Alarm, HourlyReading, Reading, Sensor
from yidang.workflow.models import Deadline, Notice


@pytest.fixture
def sensor(store):
    made, token = sensors.make_sensor(
        store.keeper, code="T1", room_id=store.room.pk, medium_code="paper", every_seconds=60
    )
    made.token = token
    return made


def say(sensor, *pairs, step=1, until=None):
    """(°C, %RH) pairs, the last at `until`, `step` minutes apart."""
    end = until or clock.now()
    rows = [
        {"temperature": t, "humidity": h, "at": (end - timedelta(minutes=step * (len(pairs) - n - 1))).isoformat()}
        for n, (t, h) in enumerate(pairs)
    ]
    return taking.take_readings(taking.read_measures(sensor, rows))


def open_kinds():
    return set(Alarm.objects.filter(ended_at__isnull=True).values_list("kind", flat=True))


def test_the_limits_are_those_of_the_standard():
    told = {code: (one.limit.temperature_low, one.limit.temperature_high) for code, one in media().items()}
    assert told["paper"] == (1400, 2400)
    assert told["optical"] == (400, 2000)
    assert (media()["paper"].limit.humidity_low, media()["paper"].limit.humidity_high) == (4500, 6000)
    assert all(one.source and one.is_verified for one in media().values())


def test_a_reading_sent_twice_counts_once_raw_and_in_its_hour(sensor):
    noon = clock.now().replace(minute=30, second=0, microsecond=0) - timedelta(hours=2)
    pairs = [(20, 50), (21.5, 51), (19, 49)]
    assert say(sensor, *pairs, until=noon) == 3
    assert say(sensor, *pairs, until=noon) == 0
    hour = HourlyReading.objects.get()
    assert (hour.count, hour.temperature_low, hour.temperature_high, hour.temperature_sum) == (3, 1900, 2150, 6050)
    assert Reading.objects.count() == 3


def test_one_hot_reading_is_no_alarm_and_three_of_five_are(store, sensor):
    say(sensor, (20, 50), (30, 50), (20, 50), (30, 50))
    assert open_kinds() == set()
    say(sensor, (31, 50))
    alarm = Alarm.objects.get()
    assert (alarm.kind, alarm.value, alarm.limit) == ("too_hot", 3100, 2400)
    told = set(Notice.objects.filter(kind="climate_alarm_raised").values_list("recipient__username", flat=True))
    assert told == {"keeper"}
    assert Deadline.objects.filter(kind="climate_alarm_open", met_at__isnull=True).count() == 1
    say(sensor, (31, 50))
    assert Alarm.objects.count() == 1
    say(sensor, *[(20, 50)] * 5, until=clock.now() + timedelta(minutes=4))
    assert open_kinds() == set()
    assert not Deadline.objects.filter(kind="climate_alarm_open", met_at__isnull=True).exists()


def test_damp_and_dry_and_a_restless_day(sensor):
    say(sensor, *[(20, 65)] * 3)
    assert open_kinds() == {"too_damp"}
    Alarm.objects.all().delete()
    Reading.objects.all().delete()
    HourlyReading.objects.all().delete()
    for hour in range(14, 0, -1):
        say(sensor, (15 if hour > 7 else 23, 50), until=clock.now() - timedelta(hours=hour))
    assert "temperature_swing" in open_kinds()


def test_somebody_acknowledges_once_and_not_everybody_may(store, sensor):
    say(sensor, *[(30, 50)] * 3)
    alarm = Alarm.objects.get()
    with pytest.raises(NotAllowed):
        watching.acknowledge(store.head, alarm_id=alarm.id, note="知道了")
    with pytest.raises(Invalid, match="alarm_note_missing"):
        watching.acknowledge(store.keeper, alarm_id=alarm.id, note=" ")
    watching.acknowledge(store.keeper, alarm_id=alarm.id, note="已开空调")
    alarm.refresh_from_db()
    assert watching.note_of(alarm) == "已开空调"
    with pytest.raises(Conflict, match="alarm_acknowledged"):
        watching.acknowledge(store.keeper, alarm_id=alarm.id, note="已开空调")
    Alarm.objects.update(raised_at=clock.now() - timedelta(hours=2))
    assert watching.escalate_due() == 0


def test_nobody_answers_and_the_head_is_told_once(store, sensor):
    say(sensor, *[(30, 50)] * 3)
    assert watching.escalate_due() == 0
    Alarm.objects.update(raised_at=clock.now() - timedelta(minutes=31))
    assert (watching.escalate_due(), watching.escalate_due()) == (1, 0)
    told = set(Notice.objects.filter(kind="climate_alarm_escalated").values_list("recipient__username", flat=True))
    assert told == {"head", "keeper"}


def test_a_silent_sensor_raises_an_alarm_until_it_speaks(store, sensor):
    assert watching.find_silent() == 0
    Sensor.objects.update(last_at=clock.now() - timedelta(minutes=6))
    assert (watching.find_silent(), watching.find_silent()) == (1, 0)
    assert open_kinds() == {"silent"}
    say(sensor, (20, 50))
    assert open_kinds() == set()
    sensors.switch_sensor(store.keeper, sensor_id=sensor.id, is_active=False)
    Sensor.objects.update(last_at=clock.now() - timedelta(days=1))
    assert watching.find_silent() == 0


def test_old_readings_go_and_their_hours_stay(sensor, monkeypatch):
    say(sensor, (20, 50), until=clock.now() - timedelta(days=29))
    say(sensor, (20, 50))
    with pytest.raises(Invalid, match="reading_malformed"):
        say(sensor, (20, 50), until=clock.now() - timedelta(days=31))
    monkeypatch.setattr(settings, "YIDANG", replace(settings.YIDANG, climate_keep_days=7))
    watching.watch_climate()
    assert (Reading.objects.count(), HourlyReading.objects.count()) == (1, 2)


def post(body, token):
    data = body if isinstance(body, str) else json.dumps(body)
    return Client(enforce_csrf_checks=True).post(
        "/storeroom/climate/readings/",
        data,
        content_type="application/json",
        HTTP_AUTHORIZATION=f"Bearer {token}",
        HTTP_ACCEPT="application/json",
    )


def test_the_door_for_sensors_knows_them_by_their_tokens(store, sensor):
    good = {"temperature": 21.4, "humidity": 52}
    assert post(good, sensor.token).json() == {"new": 1}
    assert post(good, "wrong").status_code == 401
    for bad in ("[", "{}", '{"temperature": 900, "humidity": 5}', '{"temperature": "NaN", "humidity": 5}', "[]", "7"):
        assert post(bad, sensor.token).status_code == 422, bad
    form = Client().post("/storeroom/climate/readings/", good, HTTP_AUTHORIZATION=f"Bearer {sensor.token}")
    assert (form.status_code, form.json()["code"]) == (422, "reading_malformed")  # a device reads no page
    _, token = sensors.renew_token(store.keeper, sensor_id=sensor.id)
    assert post(good, sensor.token).status_code == 401
    assert post(good, token).status_code == 202
    sensors.switch_sensor(store.keeper, sensor_id=sensor.id, is_active=False)
    assert post(good, token).status_code == 401


def test_the_month_says_the_same_on_the_page_and_on_paper(sensor):
    import pypdfium2

    say(sensor, (20, 50), (26, 50), (23, 50))
    (row,) = queries.month_report(clock.today())
    assert row.temperature == (20.0, 23.0, 26.0)
    assert round(row.outside, 2) == 0.33
    book = load_workbook(BytesIO(report.as_xlsx([row], clock.today())))
    cells = [cell.value for cell in next(book.active.iter_rows(min_row=3))]
    assert cells[:3] == ["T1", "K1", 3]
    document = pypdfium2.PdfDocument(report.as_pdf([row], clock.today(), "某县医保局 & 分局"))
    text = document[0].get_textpage().get_text_bounded()
    document.close()
    assert "T1" in text
    assert "33.3%" in text


def test_an_hour_that_stands_alone_is_drawn():
    from yidang.storeroom.climate.charts import Spot, draw

    at = clock.now()
    chart = draw(
        [Spot(at, 2000, 2100.0, 2200)],
        since=at - timedelta(hours=2),
        until=at + timedelta(hours=2),
        low=None,
        high=None,
    )
    first, last = chart.lines[0].split()
    assert first != last
