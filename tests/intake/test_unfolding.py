"""Archives, sheets, names and folders: pure rules, tried with whatever a stranger may send."""

import io
import struct
import zipfile
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yidang.intake.errors import Refused
from yidang.intake.limits import Limits
from yidang.intake.unfold import archive, columns, values
from yidang.intake.unfold.boundaries import Entry, group, is_page_run, natural, strip_shared_top
from yidang.intake.unfold.linking import CatalogueEntry, link
from yidang.intake.unfold.sheets import read_sheet


def a_zip(entries: dict[str, bytes]) -> bytes:
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, data in entries.items():
            opened.writestr(name, data)
    return sink.getvalue()


def unfold(data: bytes, limits: Limits | None = None) -> list[tuple[str, bytes]]:
    with archive.opened(io.BytesIO(data)) as opened:
        found = archive.members(opened, limits or Limits())
        return [(one.path, b"".join(archive.read(opened, one))) for one in found]


@given(st.binary(max_size=300))
def test_noise_is_a_damaged_archive_or_a_small_one(noise: bytes):
    with suppress(Refused):
        unfold(noise)


@given(st.data())
def test_a_changed_byte_never_escapes_the_archive(data: st.DataObject):
    whole = bytearray(a_zip({"a.pdf": b"a" * 500, "b/c.jpg": bytes(range(256)), "d": b""}))
    for place in data.draw(st.lists(st.integers(0, len(whole) - 1), min_size=1, max_size=4)):
        whole[place] = data.draw(st.integers(0, 255))
    with suppress(Refused):
        assert sum(len(content) for _, content in unfold(bytes(whole))) < 10_000


def test_a_lying_size_does_not_fill_the_memory():
    data = bytearray(a_zip({"a.pdf": b"x" * 5_000_000}))
    place = data.rfind(b"PK\x01\x02")
    data[place + 24 : place + 28] = struct.pack("<I", 100)
    with pytest.raises(Refused):
        unfold(bytes(data))


def test_bombs_are_told_by_ratio_size_and_count():
    small = Limits(ratio_from=1000, archive_ratio=50, archive_bytes=200_000, archive_members=3)
    with pytest.raises(Refused, match="archive_bomb"):
        unfold(a_zip({"zeros": bytes(100_000)}), small)
    with pytest.raises(Refused, match="archive_bomb"):
        unfold(a_zip({f"{n}": bytes(range(256)) * 300 for n in range(3)}), small)
    with pytest.raises(Refused, match="archive_too_many"):
        unfold(a_zip({f"{n}": b"" for n in range(4)}), small)


@given(st.text(max_size=60))
def test_tidied_paths_are_printable_and_never_empty(path: str):
    clean = archive.tidy(path)
    assert clean
    assert "\\" not in clean
    assert "\0" not in clean


@pytest.mark.parametrize("path", ["../a", "a/../../b", "/etc/x", "C:/x", "a/.."])
def test_paths_that_lead_outside_are_unsafe(path: str):
    assert archive.is_unsafe(path)


@given(st.binary(max_size=400))
def test_noise_is_a_sheet_or_refused(noise: bytes):
    for start in (b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\xff\xfe", b"\xef\xbb\xbf"):
        try:
            rows = read_sheet(start + noise)
        except Refused:
            continue
        columns.find_header(rows)


@given(st.lists(st.lists(st.text(max_size=8), max_size=6), max_size=20))
def test_any_table_can_be_looked_at_for_a_header(rows: list[list[str]]):
    header = columns.find_header(rows)
    assert header is None or header.row < len(rows)


def test_headers_are_guessed_in_both_languages():
    assert columns.guess([columns.normalise(t) for t in ("档 号", "题名", "形成日期")]) == {
        0: "legacy_code",
        1: "title",
        2: "formed_on",
    }
    assert columns.guess([columns.normalise(t) for t in ("File Name", "Title")]) == {0: "file_name", 1: "title"}


@pytest.mark.parametrize(
    ("text", "date"),
    [("2026年3月5日", "2026-03-05"), ("2026/3/5", "2026-03-05"), ("20260305", "2026-03-05"), ("2026-02-30", None)],
)
def test_dates_are_read_as_people_write_them(text: str, date: str | None):
    assert values.iso_date(text) == date


@given(st.text(max_size=30))
def test_no_cell_troubles_the_values(text: str):
    for field in ("formed_on", "amount_total", "pages", "title", "security_class"):
        values.convert(field, text)


def test_amounts_become_fen():
    assert values.fen("¥1,234.50") == 123450
    assert values.fen("12.345") is None
    assert values.fen("NaN") is None
    assert values.fen("1e99999") is None


def test_pages_sort_by_their_numbers():
    assert sorted(["p10", "p9", "p1"], key=natural) == ["p1", "p9", "p10"]


def test_only_alike_numbered_pictures_are_one_item():
    assert is_page_run(["p1.jpg", "p2.jpg"])
    assert not is_page_run(["p1.jpg", "q2.jpg"])
    assert not is_page_run(["p1.jpg"])
    assert not is_page_run(["1.pdf", "2.pdf"])
    assert not is_page_run(["p01.jpg", "p1.jpg"])


@given(st.lists(st.text(alphabet="ab1/.", min_size=1, max_size=8), unique=True, max_size=12))
def test_grouping_loses_and_doubles_nothing(paths: list[str]):
    entries = [Entry(str(n), path) for n, path in enumerate(paths)]
    grouped = [entry.key for part in group(entries) for entry in part]
    assert sorted(grouped) == sorted(entry.key for entry in entries)
    strip_shared_top(paths)


@given(
    st.lists(
        st.dictionaries(st.sampled_from(["file_name", "number", "legacy_code"]), st.text("ab1/.", max_size=4)),
        max_size=8,
    ),
    st.lists(st.text("ab1/.", min_size=1, max_size=5), unique=True, max_size=8),
)
def test_linking_gives_each_file_to_one_row_or_none(rows: list[dict[str, str]], paths: list[str]):
    entries = [Entry(str(n), path) for n, path in enumerate(paths)]
    links, loose = link([CatalogueEntry(n, row) for n, row in enumerate(rows)], entries)
    sound = [entry.key for one in links if not one.code for entry in one.files]
    assert len(sound) == len(set(sound))
    assert {e.key for e in loose}.isdisjoint(sound)
