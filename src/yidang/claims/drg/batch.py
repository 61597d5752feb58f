"""Whole files of cases, CSV or Parquet: what stands in them, and their groups beside it.

A CSV is read row by row and a Parquet file by row groups, so that a file may be larger than the memory.
"""

import csv
import re
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import Any

from yidang.claims.drg.errors import ColumnMissing, FileNotRead
from yidang.claims.drg.reading import headings
from yidang.claims.drg.rules import Case, Grouper

ADDED = ("drg", "adrg", "mdc", "severity", "weight", "status")
_SEPARATORS = re.compile(r"[|;,，；、\s]+")
_ROWS = 20_000
_SEXES = {"1": 1, "男": 1, "M": 1, "m": 1, "2": 2, "女": 2, "F": 2, "f": 2}
Told = Callable[[int], None]


class Columns:
    """Where in a row the parts of a case stand. `named` overrides what a heading is taken for."""

    def __init__(self, header: list[str], file: str, named: Mapping[str, str] | None = None) -> None:
        wanted = {heading.strip().lower(): name for name, heading in (named or {}).items()}
        known = headings("cases") | wanted
        self._at: dict[str, list[int]] = {}
        for at, heading in enumerate(header):
            plain = heading.strip().lower()
            name = known.get(plain) or known.get(plain.rstrip("0123456789_"))
            if name:
                self._at.setdefault(name, []).append(at)
        if "main_diagnosis" not in self._at:
            raise ColumnMissing(file=file, column="main_diagnosis")
        self.width = len(header)
        self._ones = [
            self._at.get(name, [-1])[0] for name in ("main_diagnosis", "sex", "age", "age_days", "discharge_way")
        ]

    def case(self, row: list[Any]) -> Case:
        cells = [*row, *[""] * (self.width + 1 - len(row))]  # the blank at the end stands for what is missing
        main, sex, age, days, way = self._ones
        return Case(
            str(cells[main] or "").strip(),
            self._many(cells, "other_diagnoses"),
            self._many(cells, "operations"),
            _SEXES.get(str(cells[sex]), 0),
            _whole(cells[age]),
            _whole(cells[days]),
            _whole(cells[way], 1),
        )

    def _many(self, cells: list[Any], name: str) -> tuple[str, ...]:
        found: tuple[str, ...] = ()
        for at in self._at.get(name, ()):
            if value := cells[at]:
                found += tuple(filter(None, value)) if isinstance(value, list) else _codes(str(value))
        return found


@lru_cache(maxsize=50_000)
def _codes(text: str) -> tuple[str, ...]:
    return tuple(code for code in _SEPARATORS.split(text) if code)


@lru_cache(maxsize=10_000)
def _whole(cell: Any, absent: int = -1) -> int:
    try:
        return int(float(cell)) if cell not in (None, "") else absent
    except ValueError:
        return absent


def group_file(
    grouper: Grouper, source: Path, out: Path, *, named: Mapping[str, str] | None = None, told: Told | None = None
) -> dict[str, Any]:
    """Groups every row of `source` into `out`, each CSV or Parquet by its name, and says how it went.

    Raises:
        FileNotRead, ColumnMissing: before anything is written.
    """
    started, counts = time.perf_counter(), Counter[str]()
    header, rows = _reader(source)
    kept = [at for at, name in enumerate(header) if name not in ADDED]
    rows = rows if len(kept) == len(header) else _without(rows, kept)
    header = [header[at] for at in kept]
    columns = Columns(header, source.name, named)
    _writer(out)(out, [*header, *ADDED], _grouped(grouper, columns, rows, counts, told))
    seconds = time.perf_counter() - started
    cases = sum(counts.values())
    return {
        "cases": cases,
        "grouped": counts["grouped"],
        "not_grouped": {status: many for status, many in sorted(counts.items()) if status != "grouped"},
        "scheme": f"{grouper.scheme.version.code} {grouper.scheme.version.version}",
        "verified": grouper.scheme.version.is_verified,
        "seconds": round(seconds, 3),
        "per_second": round(cases / seconds) if seconds else 0,
    }


def _without(rows: Iterable[list[Any]], kept: list[int]) -> Iterator[list[Any]]:
    """Rows that were grouped before, without what was added then."""
    return ([row[at] if at < len(row) else None for at in kept] for row in rows)


def _grouped(
    grouper: Grouper, columns: Columns, rows: Iterable[list[Any]], counts: Counter[str], told: Told | None
) -> Iterator[list[Any]]:
    width, group, weight = columns.width, grouper.group, grouper.weight
    for number, row in enumerate(rows, start=1):
        found = group(columns.case(row))
        counts[found.status] += 1
        if told and number % _ROWS == 0:
            told(number)
        cells = row if len(row) == width else [*row, *[""] * width][:width]
        yield [*cells, *found[:4], weight(found.drg), found.status]


def _reader(source: Path) -> tuple[list[str], Iterator[list[Any]]]:
    return _parquet_rows(source) if source.suffix == ".parquet" else _csv_rows(source)


def _csv_rows(source: Path) -> tuple[list[str], Iterator[list[Any]]]:
    def rows() -> Iterator[list[Any]]:
        with source.open(encoding="utf-8-sig", newline="") as lines:
            reader = csv.reader(lines)
            next(reader, None)
            yield from (row for row in reader if row)

    try:
        with source.open(encoding="utf-8-sig", newline="") as lines:
            header = next(csv.reader(lines), [])
    except (OSError, UnicodeDecodeError, csv.Error):
        raise FileNotRead(file=source.name) from None
    return header, rows()


def _parquet_rows(source: Path) -> tuple[list[str], Iterator[list[Any]]]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        file = pq.ParquetFile(source)
    except (OSError, pa.ArrowInvalid):
        raise FileNotRead(file=source.name) from None

    def rows() -> Iterator[list[Any]]:
        for part in file.iter_batches(_ROWS):
            yield from (list(row) for row in zip(*(column.to_pylist() for column in part.columns), strict=True))

    return file.schema_arrow.names, rows()


def _writer(out: Path) -> Callable[[Path, list[str], Iterator[list[Any]]], None]:
    return _write_parquet if out.suffix == ".parquet" else _write_csv


def _write_csv(out: Path, header: list[str], rows: Iterator[list[Any]]) -> None:
    with out.open("w", encoding="utf-8", newline="") as sink:
        writer = csv.writer(sink, lineterminator="\n")
        writer.writerow(header)
        first = next(rows, None)
        if first is None:
            return
        lists = [at for at, cell in enumerate(first) if isinstance(cell, list)]
        for row in chain([first], rows):
            for at in lists:
                row[at] = "|".join(row[at] or ())
            writer.writerow(row)


def _write_parquet(out: Path, header: list[str], rows: Iterator[list[Any]]) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    sink: pq.ParquetWriter | None = None
    for part in _parts(rows):
        columns = [list(column) for column in zip(*part, strict=True)]
        table = pa.table(dict(zip(header, columns, strict=True)), schema=sink.schema if sink else None)
        sink = sink or pq.ParquetWriter(out, table.schema)
        sink.write_table(table)
    if sink is None:
        pq.write_table(pa.table({name: [] for name in header}), out)
    else:
        sink.close()


def _parts(rows: Iterator[list[Any]]) -> Iterator[list[list[Any]]]:
    part: list[list[Any]] = []
    for row in rows:
        part.append(row)
        if len(part) == _ROWS:
            yield part
            part = []
    if part:
        yield part
