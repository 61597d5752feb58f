"""Writes docs/rules.md from tools/rules.md, the limits in the program and its sealed columns; --print shows it."""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from yidang.collection.capture import rules as capture
from yidang.collection.counter import picture
from yidang.intake.formats.registry import ACCEPTED, Family
from yidang.intake.limits import LIMITS
from yidang.intake.reading import limits as reading
from yidang.preservation.packages import limits as packages
from yidang.site.cli.frame import settle_django
from yidang.site.config import Config
from yidang.site.keys.columns import COLUMNS

if TYPE_CHECKING:
    from yidang.identity.throttle import Limit

PAGE = Path(__file__).resolve().parent.parent / "docs" / "rules.md"
PROSE = Path(__file__).with_name("rules.md")
KIB = 1024


def amounts() -> Iterator[tuple[str, str]]:
    from yidang.access.releases import operations as releases
    from yidang.identity import throttle

    config = Config()
    yield "one file", _bytes(LIMITS.file_bytes)
    yield "files in a ZIP", f"{LIMITS.archive_members:,}"
    yield "a ZIP unpacked", _bytes(LIMITS.archive_bytes)
    yield f"unpacked to packed, of a member larger than {_bytes(LIMITS.ratio_from)}", f"{LIMITS.archive_ratio} to 1"
    yield "a ZIP within a ZIP", f"{LIMITS.archive_depth} deep"
    yield (
        "a catalogue",
        f"{_bytes(LIMITS.catalogue_bytes)}, {LIMITS.catalogue_rows:,} rows, {LIMITS.catalogue_columns} columns",
    )
    yield "pages of one file", f"{reading.MAX_PAGES:,}"
    yield "a page as a picture", f"{reading.MAX_SIDE:,} pixels a side, {reading.MAX_PIXELS // 10**6} million in all"
    yield "a part of an OFD or DOCX, unpacked", _bytes(reading.MAX_XML_BYTES)
    yield "files of a package from elsewhere", f"{packages.FILES:,}"
    yield "a picture taken at the counter", f"{_bytes(picture.LARGEST_BYTES)}, {picture.LARGEST_SIDE:,} pixels a side"
    yield "a case from a business system", f"{capture.MOST_MATERIALS} materials, {capture.MOST_STEPS} steps"
    yield "rows of one de-identified data set", f"{releases.MOST_ROWS:,}, approved by a second person"
    yield "wrong passwords of an account before it waits", _waits(throttle.ACCOUNT)
    yield "wrong passwords from an address before it waits", _waits(throttle.ADDRESS)
    yield "sessions of a person", f"{config.sessions_per_person} (a setting)"
    yield "a session", f"{config.session_hours} hours, {config.session_idle_minutes} minutes idle (settings)"


def _bytes(count: int) -> str:
    size, unit = float(count), 0
    while size >= KIB:
        size, unit = size / KIB, unit + 1
    return f"{size:g} {('bytes', 'KiB', 'MiB', 'GiB', 'TiB')[unit]}"


def _waits(limit: "Limit") -> str:
    minutes = int(limit.longest.total_seconds() // 60)
    return f"{limit.free}; then a minute, doubled up to {minutes}"


def sealed() -> Iterator[tuple[str, str]]:
    rooms: dict[str, dict[str, list[str]]] = {}
    for one in COLUMNS:
        room, _, table = one.table.partition("_")
        rooms.setdefault(room, {}).setdefault(table, []).append(one.column)
    for room, tables in sorted(rooms.items()):
        yield room, "; ".join(f"{table}: {', '.join(columns)}" for table, columns in sorted(tables.items()))


def page() -> str:
    prose = PROSE.read_text(encoding="utf-8")
    formats = ", ".join(one.value for one in Family if one in ACCEPTED)
    return prose.format(formats=formats, amounts=_rows(amounts()), register=_rows(sealed()))


def _rows(cells: Iterable[tuple[str, str]]) -> str:
    return "".join(f"| {first} | {second} |\n" for first, second in cells)


if __name__ == "__main__":
    settle_django()
    if "--print" in sys.argv:
        sys.stdout.write(page())
    else:
        PAGE.write_text(page(), encoding="utf-8")
