import io
import multiprocessing
import os
import random
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.preservation.builders import ORIGINAL, first

from yidang.kernel.errors import Conflict, Invalid, NotFound
from yidang.preservation import content, repository, staging

PLAIN = random.Random(5).randbytes(200_000)


def file_of(home: Path, staging_id: str) -> Path:
    return home / "staging" / staging_id[:2] / staging_id


def test_a_file_is_staged_whole(home: Path):
    for source in (PLAIN, lambda: io.BytesIO(PLAIN)):
        staging_id = staging.put(source)
        assert staging.read(staging_id) == PLAIN
        assert staging.size(staging_id) == len(PLAIN)


def test_many_files_are_staged_together(home: Path):
    sources = [f"file {number}".encode() for number in range(10)]
    ids = staging.put_many(sources)
    assert [staging.read(staging_id) for staging_id in ids] == sources
    assert sorted(staging.staging_ids()) == sorted(ids)


def test_nothing_of_it_stands_in_clear(home: Path):
    staging_id = staging.put(b"Zhang San " * 100)
    assert b"Zhang" not in file_of(home, staging_id).read_bytes()


def test_pieces_in_order(home: Path):
    staging_id = staging.create()
    assert staging.size(staging_id) == 0
    assert staging.read(staging_id) == b""
    for offset in range(0, len(PLAIN), 70_000):
        piece = PLAIN[offset : offset + 70_000]
        assert staging.append(staging_id, offset, piece) == offset + len(piece)
    assert staging.read(staging_id) == PLAIN


@settings(deadline=None, max_examples=40, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_pieces_in_any_order_overlapping_and_repeated(data: st.DataObject):
    plain = PLAIN[: data.draw(st.integers(1, 60_000))]
    edges = sorted({0, len(plain), *data.draw(st.lists(st.integers(0, len(plain)), max_size=5))})
    pieces = [(start, min(end + data.draw(st.integers(0, 50)), len(plain))) for start, end in pairwise(edges)]
    staging_id = staging.create()
    for start, end in data.draw(st.permutations(pieces + pieces[:2])):
        staging.append(staging_id, start, plain[start:end])
    assert staging.size(staging_id) == len(plain)
    with staging.open(staging_id) as reader:
        for _ in range(5):
            place = data.draw(st.integers(0, len(plain)))
            length = data.draw(st.integers(0, len(plain)))
            reader.seek(place)
            assert reader.read(length) == plain[place : place + length]
    assert staging.read(staging_id) == plain


def test_a_gap_ends_what_can_be_read(home: Path):
    staging_id = staging.create()
    staging.append(staging_id, 0, b"abc")
    assert staging.append(staging_id, 10, b"xyz") == 3
    assert staging.read(staging_id) == b"abc"
    assert staging.received(staging_id) == [(0, 3), (10, 13)]
    assert staging.append(staging_id, 3, b"defghij") == 13
    assert staging.read(staging_id) == b"abcdefghijxyz"


def test_the_same_piece_again_adds_nothing(home: Path):
    staging_id = staging.create()
    staging.append(staging_id, 0, PLAIN)
    size = file_of(home, staging_id).stat().st_size
    assert staging.append(staging_id, 1000, PLAIN[1000:5000]) == len(PLAIN)
    assert file_of(home, staging_id).stat().st_size == size


def test_other_bytes_in_an_acknowledged_place_are_refused(home: Path):
    staging_id = staging.put(PLAIN)
    with pytest.raises(Conflict, match="chunk_differs"):
        staging.append(staging_id, 100, b"other")
    assert staging.read(staging_id) == PLAIN


def test_a_piece_cut_short_by_a_crash_is_passed_over_and_replaced(home: Path):
    staging_id = staging.create()
    staging.append(staging_id, 0, PLAIN[:50_000])
    staging.append(staging_id, 50_000, PLAIN[50_000:])
    path = file_of(home, staging_id)
    whole = path.read_bytes()
    for cut in (1, 16, 30_000, 149_000):
        path.write_bytes(whole[:-cut])
        assert staging.size(staging_id) == 50_000
        assert staging.append(staging_id, 50_000, PLAIN[50_000:]) == len(PLAIN)
        assert staging.read(staging_id) == PLAIN


def test_zeros_where_a_crash_lost_unwritten_bytes_are_replaced(home: Path):
    staging_id = staging.create()
    staging.append(staging_id, 0, PLAIN[:50_000])
    whole_first = file_of(home, staging_id).stat().st_size
    staging.append(staging_id, 50_000, PLAIN[50_000:])
    path = file_of(home, staging_id)
    data = bytearray(path.read_bytes())
    data[whole_first + 5000 :] = bytes(len(data) - whole_first - 5000)
    path.write_bytes(data)
    assert staging.append(staging_id, 50_000, PLAIN[50_000:]) == len(PLAIN)
    assert staging.read(staging_id) == PLAIN


def test_a_changed_byte_does_not_open(home: Path):
    staging_id = staging.put(PLAIN)
    path = file_of(home, staging_id)
    data = bytearray(path.read_bytes())
    data[50_000] ^= 1
    path.write_bytes(data)
    with pytest.raises(Invalid, match="content_damaged"):
        staging.read(staging_id)


def test_absent_and_malformed_ids(home: Path):
    for staging_id in ("0" * 32, "../../etc/passwd", "", "x" * 32):
        for ask in (staging.open, staging.size, staging.received):
            with pytest.raises(NotFound, match="staged_missing"):
                ask(staging_id)
        assert not staging.exists(staging_id)
        staging.delete(staging_id)
    staging_id = staging.put(b"x")
    with pytest.raises(Invalid, match="chunk_malformed"):
        staging.append(staging_id, -1, b"x")
    staging.delete(staging_id)
    assert not staging.exists(staging_id)


def test_a_source_that_fails_leaves_nothing(home: Path):
    def failing() -> io.BytesIO:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        staging.put(failing)
    assert list(staging.staging_ids()) == []


def _send(staging_id: str, start: int, home: str) -> None:
    for offset in range(start * 10_000, len(PLAIN), 20_000):
        staging.append(staging_id, offset, PLAIN[offset : offset + 10_000])


def test_two_processes_send_one_file(home: Path):
    staging_id = staging.create()
    fork = multiprocessing.get_context("fork")
    senders = [fork.Process(target=_send, args=[staging_id, number, os.fspath(home)]) for number in (0, 1)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join(60)
        assert sender.exitcode == 0
    assert staging.read(staging_id) == PLAIN


def test_locators_open_both_kinds(home: Path):
    staging_id = staging.put(PLAIN)
    with content.open_content(content.staged(staging_id)) as reader:
        assert reader.read() == PLAIN
    new = first()
    repository.write_objects([new])
    with content.open_content(content.filed(new.object_id, 1)) as reader:
        reader.seek(100)
        assert reader.read(10) == ORIGINAL[100:110]
    for locator in ("", "item:x/1", "elsewhere:1", f"item:{new.object_id}/text"):
        with pytest.raises(NotFound, match="locator_unknown"):
            content.open_content(locator)
    with pytest.raises(NotFound, match="staged_missing"):
        content.open_content("staged:../x")
