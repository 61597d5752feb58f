from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from yidang.access import feeding
from yidang.access.adapters.tantivy_index import TantivyIndex
from yidang.access.engine import search_index
from yidang.access.feeding import catch_up, feed, rebuild_index
from yidang.access.ports import Criteria, Order
from yidang.access.verification import verify_index
from yidang.holdings import operations
from yidang.holdings.changes import note_changes
from yidang.holdings.models import Change, Item, ItemScope
from yidang.identity.policy import SYSTEM
from yidang.preservation import repository

from .records import archive, ask, draft, found

pytestmark = pytest.mark.usefixtures("scheme")


def codes():
    return sorted(one.code for one in verify_index())


def test_feeding_takes_in_what_changed_and_then_nothing():
    archive(draft("高血压", title="甲"))
    assert feed() == 0
    made = operations.create_drafts(SYSTEM, [draft("糖尿病", title="乙")])
    assert feed() == 1
    assert found("糖尿病") == ["乙"]
    operations.discard_drafts(SYSTEM, [made[0].pk])
    assert feed() == 1
    assert found("糖尿病") == []
    assert codes() == []


def test_feeding_goes_by_limits_and_loses_nothing():
    catch_up()
    operations.create_drafts(SYSTEM, [draft(f"糖尿病 第{n}份") for n in range(7)])
    assert [feed(limit=3) for _ in range(4)] == [3, 3, 1, 0]
    assert ask("糖尿病").total == 7


def test_a_crash_before_the_commit_is_made_good(monkeypatch):
    catch_up()
    operations.create_drafts(SYSTEM, [draft("糖尿病")])
    with monkeypatch.context() as broken:
        broken.setattr(search_index(), "_commit", _die)
        with pytest.raises(RuntimeError):
            feed()
    assert ask("糖尿病").total == 0
    assert feed() == 1
    assert ask("糖尿病").total == 1


def _die(*_):
    raise RuntimeError


def test_a_lost_or_broken_index_is_built_anew():
    archive(draft("高血压", title="甲"))
    search_index().close()
    for path in (settings.YIDANG.home / "index").rglob("meta.json"):
        path.write_text("{broken")
    assert catch_up() == 1
    assert found("高血压") == ["甲"]


def test_a_rebuild_beside_a_running_server_is_done_by_its_keeper(home, monkeypatch):
    archive(draft("高血压", title="甲"))
    keeper, command = search_index(), TantivyIndex(home / "index")
    keeper.apply(documents=[], removed=list(Item.objects.values_list("pk", flat=True)), watermark=keeper.watermark())
    assert found("高血压") == []
    monkeypatch.setattr(feeding, "search_index", lambda: command)
    monkeypatch.setattr(feeding.time, "sleep", lambda _: _beat(keeper))
    assert rebuild_index() == 1
    assert found("高血压") == ["甲"]


def _beat(keeper):
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(feeding, "search_index", lambda: keeper)
        feed()


def test_an_index_ahead_of_the_catalogue_is_built_anew():
    archive(draft("高血压", title="甲"))
    Change.objects.all().delete()
    search_index().apply(documents=[], removed=[], watermark=10**9)
    assert feed() == 1
    assert found("高血压") == ["甲"]


def test_verify_names_missing_surplus_stale_and_damage():
    items = archive(draft("高血压", title="甲"), draft("糖尿病", title="乙"), draft("冠心病", title="丙"))
    assert codes() == []
    Item.objects.filter(pk=items[0].pk).update(term="D10")
    ItemScope.objects.filter(item=items[1]).delete()
    assert codes() == ["index_document_stale", "index_document_stale"]
    rebuild_index()
    watermark = search_index().watermark()
    search_index().apply(documents=[], removed=[items[2].pk], watermark=watermark)
    assert codes() == ["index_document_missing"]
    rebuild_index()
    Item.objects.filter(pk=items[2].pk).update(created_at=timezone.now() - timedelta(days=1))
    note_changes([items[2].pk])
    assert codes() == []  # the index has yet to hear of it


@pytest.mark.parametrize("kind", ["idx", "term", "store", "fast"])
def test_verify_names_a_removed_file(kind):
    archive(draft("高血压", title="甲"))
    search_index().close()
    next((settings.YIDANG.home / "index").rglob(f"*.{kind}")).unlink()
    assert "index_file_damaged" in codes()


def test_verify_names_a_flipped_bit_in_every_file():
    archive(draft("高血压", title="甲"))
    search_index().close()
    for path in sorted((settings.YIDANG.home / "index").rglob("*.*")):
        if path.name.endswith(".json") or path.suffix == ".lock":
            continue
        sound = path.read_bytes()
        path.write_bytes(sound[:3] + bytes([sound[3] ^ 1]) + sound[4:])
        assert codes(), path.name
        path.write_bytes(sound)


def test_verify_names_a_missing_and_an_unreadable_index():
    archive(draft("高血压", title="甲"))
    search_index().close()
    for path in (settings.YIDANG.home / "index").rglob("meta.json"):
        path.write_text("{broken")
    assert codes() == ["index_file_damaged", "index_unreadable"]
    search_index().discard()
    assert codes() == ["index_missing"]
    assert catch_up() == 1
    assert codes() == []


def test_verify_names_a_surplus_document_and_a_damaged_file():
    archive(draft("高血压", title="甲"))
    (made,) = operations.create_drafts(SYSTEM, [draft("糖尿病")])
    catch_up()
    Item.objects.filter(pk=made.pk).delete()
    assert codes() == ["index_document_surplus"]
    rebuild_index()
    path = next((settings.YIDANG.home / "index").rglob("*.fast"))
    data = bytearray(path.read_bytes())
    data[len(data) // 3] ^= 4
    path.write_bytes(data)
    assert "index_file_damaged" in codes()


def test_one_damaged_record_keeps_no_other_out():
    first, _ = archive(draft("高血压", title="甲"), draft("高血压", title="乙"))
    repository.purge(first.pk)
    assert ask("高血压").total == 2  # the index still knows it
    rebuild_index()
    everything = search_index().find(Criteria(), order=Order.NEWEST, offset=0, limit=9)
    assert everything.total == 2
    assert [hit.title for hit in ask("高血压").hits] == ["乙"]
    assert codes() == ["index_document_stale"]
