"""Sound and film are played in pieces, by who may see pages whole, and the ledger knows of it once an hour."""

from dataclasses import replace
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from people import employ
from yidang.access.recordings import PIECE, piece_of, span
from yidang.identity.policy import Permission
from yidang.kernel.errors import Invalid, NotAllowed, NotFound
from yidang.ledger.models import LedgerEntry

from .pictures import scan
from .records import ADMIN, ARCHIVIST, archive, draft, reader
from .visitors import visiting

SOUND = bytes(range(256)) * 20_000  # 5 MB, more than one piece


@pytest.fixture
def interview(scheme):
    return archive(draft(data=SOUND, media_type="audio/wav", title="稽核谈话录音"))[0]


@given(st.integers(1, 10**9), st.integers(0, 10**9), st.integers(0, 10**9))
def test_a_piece_lies_inside_the_file(size, first, length):
    try:
        start, end = span(f"bytes={first}-{first + length}", size)
    except Invalid:
        assert first >= size
    else:
        assert 0 <= start == first < end <= size
        assert end - start <= min(PIECE, length + 1)


@pytest.mark.parametrize(
    ("wanted", "found"),
    [("", (0, 100)), ("bytes=0-", (0, 100)), ("bytes=-10", (90, 100)), ("bytes=5-5", (5, 6)), ("items=1", (0, 100))],
)
def test_ranges_as_players_write_them(wanted, found):
    assert span(wanted, 100) == found


def test_pieces_make_the_whole_and_leave_one_row(interview):
    heard, start = b"", 0
    while start < len(SOUND):
        piece = piece_of(ARCHIVIST, interview.pk, 1, f"bytes={start}-")
        heard, start = heard + piece.content, piece.end + 1
    assert heard == SOUND
    assert LedgerEntry.objects.filter(action="recording.played", subject=interview.pk).count() == 1


def test_a_player_gets_partial_content(interview):
    client = visiting(employ("dangan", "archivist"))
    answer = client.get(f"/items/{interview.pk}/recordings/1/", headers={"range": "bytes=10-19"})
    assert (answer.status_code, answer.content) == (206, SOUND[10:20])
    assert answer["Content-Range"] == f"bytes 10-19/{len(SOUND)}"
    page = client.get(f"/items/{interview.pk}/").content.decode()
    assert f'src="/items/{interview.pk}/recordings/1/"' in page


def test_who_may_not_hear_it(interview):
    for stranger in (reader("szkx"), ADMIN):
        with pytest.raises(NotFound):
            piece_of(stranger, interview.pk, 1, "")
    with pytest.raises(NotAllowed):  # nothing in sound can be masked
        piece_of(replace(ARCHIVIST, permissions=ARCHIVIST.permissions - {Permission.SEE_PAGES}), interview.pk, 1, "")
    with pytest.raises(NotFound):
        piece_of(ARCHIVIST, uuid4(), 1, "")


def test_a_scan_is_no_recording(scheme):
    item = archive(draft("文字", data=scan()))[0]
    with pytest.raises(Invalid):
        piece_of(ARCHIVIST, item.pk, 1, "")
