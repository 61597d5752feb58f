"""Rounds, the faults they find, and the register of who went in."""

from datetime import timedelta
from io import BytesIO

import pytest
from PIL import Image

from yidang.kernel import clock
from yidang.kernel.errors import Conflict, Invalid, NotAllowed
from yidang.storeroom.models import Photo, ZoneEntry
from yidang.storeroom.rounds import rounds
from yidang.storeroom.rounds.checklist import checklist
from yidang.storeroom.rounds.photos import picture_of
from yidang.storeroom.zones import register
from yidang.workflow.models import Deadline, Task


def photo(**saved) -> bytes:
    sink = BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "MAKER"
    Image.new("RGB", (3000, 1000), "red").save(sink, "JPEG", exif=exif, **saved)
    return sink.getvalue()


@pytest.fixture
def begun(store):
    return rounds.begin_round(store.keeper, room_id=store.room.pk)


def wrong(store, **more):
    values = {"words": "灭火器过期", "owner": store.staff["keeper"].pk, "due_on": clock.today()} | more
    return rounds.Wrong(**values)


def test_a_round_is_finished_when_every_point_is_answered(store, begun):
    assert len(checklist().points) == 8
    for point in checklist().points:
        rounds.answer(store.keeper, round_id=begun.id, point_code=point.code)
    begun.refresh_from_db()
    assert begun.finished_at
    with pytest.raises(Conflict, match="round_finished"):
        rounds.answer(store.keeper, round_id=begun.id, point_code="fire")
    with pytest.raises(NotAllowed):
        rounds.begin_round(store.head, room_id=store.room.pk)


def test_a_fault_has_an_owner_a_date_and_a_cure(store, begun):
    fault = rounds.answer(store.keeper, round_id=begun.id, point_code="fire", wrong=wrong(store, photos=[photo()]))
    assert Task.objects.filter(kind="round_finding", closed_at__isnull=True).count() == 1
    assert rounds.open_findings().count() == 1
    with pytest.raises(NotAllowed):
        rounds.cure(store.doctor, finding_id=fault.pk, words="已更换")
    cured = rounds.cure(store.keeper, finding_id=fault.pk, words="已更换", photos=[photo()])
    assert rounds.words_of(cured) == ("灭火器过期", "已更换")
    assert not Task.objects.filter(kind="round_finding", closed_at__isnull=True).exists()
    assert not Deadline.objects.filter(met_at__isnull=True).exists()
    with pytest.raises(Conflict, match="finding_cured"):
        rounds.cure(store.keeper, finding_id=fault.pk, words="已更换")


def test_a_photo_is_kept_sealed_and_without_what_the_camera_wrote(store, begun):
    rounds.answer(store.keeper, round_id=begun.id, point_code="dust", wrong=wrong(store, photos=[photo()]))
    kept = Photo.objects.get()
    assert b"JFIF" not in bytes(kept.sealed)
    with Image.open(BytesIO(picture_of(kept.pk))) as picture:
        assert picture.size == (1600, 533)
        assert not picture.getexif()


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"words": " "}, "finding_words_missing"),
        ({"due_on": clock.today() - timedelta(days=1)}, "finding_words_missing"),
        ({"photos": [b"no picture"]}, "photo_unreadable"),
    ],
)
def test_a_fault_without_words_date_or_a_readable_photo_is_not_taken(store, begun, more, code):
    with pytest.raises(Invalid, match=code):
        rounds.answer(store.keeper, round_id=begun.id, point_code="fire", wrong=wrong(store, **more))
    assert not begun.answers.exists()


def test_who_goes_in_is_written_down_and_comes_out_once(store):
    staff = store.staff["doctor"].pk
    entry = register.note_entry(store.keeper, room_id=store.room.pk, staff=staff, reason="查阅")
    with pytest.raises(Conflict, match="already_inside"):
        register.note_entry(store.keeper, room_id=store.room.pk, staff=staff, reason="查阅")
    left = register.note_leaving(store.keeper, entry_id=entry.pk).left_at
    assert register.note_leaving(store.keeper, entry_id=entry.pk).left_at == left


def test_a_visitor_goes_into_the_store_with_somebody_and_the_name_is_sealed(store):
    with pytest.raises(Invalid, match="visitor_needs_companion"):
        register.note_entry(store.keeper, room_id=store.room.pk, visitor="某来宾", reason="参观")
    with pytest.raises(Invalid, match="entry_words_missing"):
        register.note_entry(store.keeper, room_id=store.room.pk, reason="参观")
    entry = register.note_entry(
        store.keeper,
        room_id=store.room.pk,
        visitor="某来宾",
        body="某消防公司",
        companion=store.staff["keeper"].pk,
        reason="检修",
    )
    assert "某来宾".encode() not in bytes(ZoneEntry.objects.get().sealed)
    assert (register.told(entry).who, register.told(entry).reason) == ("某来宾", "检修")
