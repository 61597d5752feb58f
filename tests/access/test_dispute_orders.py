"""A dispute file asked for on a page: sealed as it is made, for the one who asked, gone after a day."""

import io
import os
import zipfile
from dataclasses import replace
from uuid import UUID, uuid4

import pytest

from yidang.access.dispute import keeping
from yidang.access.dispute.sealing import SealingSink
from yidang.crypto.chunks import CHUNK
from yidang.crypto.envelope import unseal
from yidang.identity.models import Staff
from yidang.identity.policy import SYSTEM
from yidang.kernel.errors import Invalid, NotAllowed, NotFound
from yidang.ledger.operations import sequence

from .pictures import scan
from .records import ARCHIVIST, archive, draft, reader

CLERK = replace(ARCHIVIST, staff_id=uuid4())
pytestmark = pytest.mark.usefixtures("scheme")


@pytest.fixture(name="item")
def _item():
    (item,) = archive(draft("高血压", title="王小明登记表", person_name="王小明", data=scan()))
    sequence()
    return item


@pytest.fixture(name="asked")
def _asked(item, monkeypatch):
    monkeypatch.setattr(keeping, "grant_for", lambda _staff: SYSTEM)
    return keeping.order(CLERK, [item.pk])


def test_it_is_made_and_opens(asked, item):
    keeping.make(asked.id)
    found = keeping.ordered_by(CLERK, UUID(asked.id))
    assert (found.state, found.done) == ("ready", 1)
    with keeping.opened(found) as sealed:
        packed = zipfile.ZipFile(io.BytesIO(sealed.read()))
    assert "王小明" in packed.read("report.html").decode()


def test_nothing_of_it_lies_on_the_disk_in_clear(asked, home):
    keeping.make(asked.id)
    for path in (home / "disputes").iterdir():
        content = path.read_bytes()
        assert b"manifest.json" not in content
        assert "王小明".encode() not in content


def test_another_cannot_fetch_it(asked):
    other = replace(ARCHIVIST, staff_id=uuid4())
    with pytest.raises(NotFound, match="dispute_not_found"):
        keeping.ordered_by(other, UUID(asked.id))


def test_the_rights_of_the_moment_count(asked, monkeypatch):
    monkeypatch.setattr(keeping, "grant_for", lambda _staff: reader("CB"))
    keeping.make(asked.id)
    found = keeping.ordered_by(CLERK, UUID(asked.id))
    assert (found.state, found.problem) == ("failed", "not_allowed")
    with pytest.raises(NotFound):
        keeping.opened(found)


def test_who_may_not_take_records_away_may_not_ask(item):
    with pytest.raises(NotAllowed):
        keeping.order(reader("CB"), [item.pk])


def test_after_a_day_it_is_gone(asked, home):
    keeping.make(asked.id)
    for path in (home / "disputes").iterdir():
        os.utime(path, (0, 0))
    keeping.sweep()
    assert list((home / "disputes").iterdir()) == []


def test_a_job_that_runs_twice_makes_one_file(asked):
    keeping.make(asked.id)
    number = keeping.ordered_by(CLERK, UUID(asked.id)).number
    keeping.make(asked.id)
    assert keeping.ordered_by(CLERK, UUID(asked.id)).number == number


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK + 7])
def test_the_sealing_sink_writes_what_unseals(size):
    sink, content = io.BytesIO(), os.urandom(size)
    sealing = SealingSink(sink, key=bytes(16), context=b"c")
    for start in range(0, size, 5000):
        sealing.write(content[start : start + 5000])
    with pytest.raises(Invalid):
        unseal(sink.getvalue(), key=bytes(16), context=b"c")
    sealing.finish()
    assert unseal(sink.getvalue(), key=bytes(16), context=b"c") == content


def test_an_order_without_its_asker_makes_nothing(item):
    assert not Staff.objects.exists()
    asked = keeping.order(CLERK, [item.pk])
    keeping.make(asked.id)
    assert keeping.ordered_by(CLERK, UUID(asked.id)).state == "failed"


def test_a_full_disk_is_told_and_leaves_nothing_behind(asked, home, monkeypatch):
    def full(*_arguments, **_named):
        raise OSError(28, "disk full")

    monkeypatch.setattr(keeping, "build_dispute", full)
    keeping.make(asked.id)
    assert keeping.ordered_by(CLERK, UUID(asked.id)).problem == "dispute_not_written"
    assert [path.suffix for path in (home / "disputes").iterdir()] == [".json"]
