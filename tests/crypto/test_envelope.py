"""A sealed file gives back exactly what was sealed, from any place, or says that it was damaged."""

import io
import os

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yidang.crypto.chunks import CHUNK, HEADER, SEALED_CHUNK
from yidang.crypto.envelope import SealedReader, seal, seal_stream, sealed_size, unseal
from yidang.kernel.errors import Invalid

KEY = bytes(range(16))
CONTEXT = b"object/v1/content/1"
PLAIN = os.urandom(3 * CHUNK + 100)
SEALED = seal(PLAIN, key=KEY, context=CONTEXT)
edges = st.sampled_from([0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 2 * CHUNK + 17])
sizes = st.one_of(edges, st.integers(0, 3 * CHUNK))


def reader(sealed: bytes, *, key: bytes = KEY, context: bytes = CONTEXT) -> SealedReader:
    return SealedReader(io.BytesIO(sealed), key=key, context=context)


@given(size=sizes)
@settings(deadline=None)
def test_all_ways_in_and_out_agree(size: int) -> None:
    plain = PLAIN[:size]
    streamed = io.BytesIO()
    seal_stream(io.BytesIO(plain), streamed, key=KEY, context=CONTEXT)
    for sealed in (seal(plain, key=KEY, context=CONTEXT), streamed.getvalue()):
        assert len(sealed) == sealed_size(size)
        assert unseal(sealed, key=KEY, context=CONTEXT) == plain
        assert reader(sealed).read() == plain
        assert reader(sealed).size == size


class Trickle(io.RawIOBase):
    """A source that gives fewer bytes than asked, as sockets do."""

    def __init__(self, data: bytes, step: int) -> None:
        self._data, self._step = io.BytesIO(data), step

    def read(self, size: int = -1, /) -> bytes:
        return self._data.read(min(size, self._step))


@given(size=sizes, step=st.integers(900, 3 * CHUNK))
@settings(deadline=None)
def test_a_source_in_pieces_of_any_size(size: int, step: int) -> None:
    sealed = io.BytesIO()
    seal_stream(Trickle(PLAIN[:size], step), sealed, key=KEY, context=CONTEXT)
    assert unseal(sealed.getvalue(), key=KEY, context=CONTEXT) == PLAIN[:size]


@given(places=st.lists(st.tuples(st.integers(0, len(PLAIN) + 9), st.integers(0, 2 * CHUNK)), max_size=8))
@settings(deadline=None)
def test_any_read_is_a_slice(places: list[tuple[int, int]]) -> None:
    opened = reader(SEALED)
    for offset, length in places:
        assert opened.seek(offset) == offset
        assert opened.read(length) == PLAIN[offset : offset + length]
        assert opened.tell() == max(offset, min(offset + length, len(PLAIN)))


def test_behaves_as_a_file() -> None:
    with io.BufferedReader(reader(SEALED)) as opened:
        assert opened.seek(-10, os.SEEK_END) == len(PLAIN) - 10
        assert opened.read() == PLAIN[-10:]
        opened.seek(5)
        opened.seek(3, os.SEEK_CUR)
        assert opened.read(2) == PLAIN[8:10]
    with pytest.raises(ValueError, match="negative"):
        reader(SEALED).seek(-1)


def test_reads_only_what_is_asked_for() -> None:
    """A page of a 500-page record costs a page."""
    seen = []

    class Counting(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            found = super().read(size)
            seen.append(len(found))
            return found

    opened = SealedReader(Counting(SEALED), key=KEY, context=CONTEXT)
    opened.seek(CHUNK + 5)
    opened.read(10)
    assert sum(seen) == HEADER + SEALED_CHUNK


def is_damaged(sealed: bytes, *, key: bytes = KEY, context: bytes = CONTEXT) -> bool:
    """By both ways of opening."""

    def fails(read: object) -> bool:
        try:
            read()
        except Invalid as problem:
            return problem.code == "content_damaged"
        return False

    ways = [
        fails(lambda: unseal(sealed, key=key, context=context)),
        fails(lambda: reader(sealed, key=key, context=context).read()),
    ]
    assert ways[0] == ways[1]
    return ways[0]


@given(bit=st.integers(0, 8 * len(SEALED) - 1))
def test_a_flipped_bit(bit: int) -> None:
    altered = bytearray(SEALED)
    altered[bit // 8] ^= 1 << bit % 8
    assert is_damaged(bytes(altered))


@given(end=st.one_of(st.integers(0, len(SEALED) - 1), st.integers(0, 3).map(lambda n: HEADER + n * SEALED_CHUNK)))
def test_a_cut_at_any_place(end: int) -> None:
    assert is_damaged(SEALED[:end])


def test_a_cut_that_leaves_a_valid_length() -> None:
    """The full chunk 2 stripped to the length of a last chunk."""
    assert is_damaged(SEALED[: HEADER + 2 * SEALED_CHUNK + 500])


@given(order=st.permutations([0, 1, 2]))
def test_chunks_in_another_order(order: list[int]) -> None:
    chunks = [SEALED[HEADER + n * SEALED_CHUNK :][:SEALED_CHUNK] for n in range(4)]
    swapped = SEALED[:HEADER] + b"".join(chunks[n] for n in order) + chunks[3]
    assert is_damaged(swapped) == (order != [0, 1, 2])


def test_a_chunk_left_out_or_doubled() -> None:
    first = SEALED[HEADER : HEADER + SEALED_CHUNK]
    assert is_damaged(SEALED[:HEADER] + SEALED[HEADER + SEALED_CHUNK :])
    assert is_damaged(SEALED[:HEADER] + first + SEALED[HEADER:])
    assert is_damaged(SEALED + SEALED[-116:])


def test_another_key_context_or_file() -> None:
    other = seal(PLAIN, key=KEY, context=CONTEXT)
    assert is_damaged(SEALED, key=bytes(16))
    assert is_damaged(SEALED, context=b"object/v1/content/2")
    assert is_damaged(SEALED[:HEADER] + other[HEADER:])


def test_one_reading_of_the_length_is_not_trusted_before_the_end_is_seen() -> None:
    cut = SEALED[: HEADER + 2 * SEALED_CHUNK + 500]
    opened = reader(cut)
    assert opened.read(10) == PLAIN[:10]
    with pytest.raises(Invalid, match="content_damaged"):
        opened.seek(0, os.SEEK_END)


def test_equal_files_are_sealed_differently() -> None:
    assert seal(PLAIN, key=KEY, context=CONTEXT) != SEALED
