"""Whole files of cases, CSV or Parquet: what stands in them, and their groups beside it.

A CSV is read row by row and a Parquet file by row groups, so that a file may be larger than the memory.
"""

import csv
import re
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from yidang.claims.drg.errors import ColumnMissing, FileNotRead
from yidang.claims.drg.reading import headings
from yidang.claims.drg.rules import Case, Grouped, Grouper

ADDED = ("drg", "adrg", "mdc", "severity", "weight", "status")
_SEPARATORS = re.compile(r"[|;,，；、\s]+")
_ROWS = 20_000
_SEXES = {"1": 1, "男": 1, "M": 1, "2": 2, "女": 2, "F": 2}
Told = Callable[[int], None]


class Columns:
    """Where in a row the parts of a case stand. `named` overrides what a heading is taken for."""

    def __init__(self, header: list[str], file: str, named: Mapping[str, str] | None = None) -> None:
        wanted = {heading.strip().lower(): name for name, heading in (named or {}).items()}
        known = headings("cases") | wanted
        self._at: dict[str, list[int]] = {}
        for at, heading in enumerate(header):
            name = known.get(heading.strip().lower()) or known.get(heading.strip().lower().rstrip("0123456789_"))
            if name:
                self._at.setdefault(name, []).append(at)
        if "main_diagnosis" not in self._at:
            raise ColumnMissing(file=file, column="main_diagnosis")

    def case(self, row: list[Any]) -> Case:
        return Case(
            main=self._one(row, "main_diagnosis").strip(),
            others=self._many(row, "other_diagnoses"),
            operations=self._many(row, "operations"),
            sex=_SEXES.get(self._one(row, "sex").strip().upper(), 0),
            age=_whole(self._one(row, "age")),
            age_days=_whole(self._one(row, "age_days")),
            way=_whole(self._one(row, "discharge_way"), 1),
        )

    def _one(self, row: list[Any], name: str) -> str:
        at = self._at.get(name)
        value = row[at[0]] if at and at[0] < len(row) else None
        return "" if value is None else str(value)

    def _many(self, row: list[Any], name: str) -> tuple[str, ...]:
        found: list[str] = []
        for at in self._at.get(name, ()):
            value = row[at] if at < len(row) else None
            if value:
                found += value if isinstance(value, list) else _SEPARATORS.split(str(value).strip())
        return tuple(code for code in found if code)


def _whole(text: str, absent: int = -1) -> int:
    try:
        return int(float(text)) if text.strip() else absent
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
    columns = Columns(header, source.name, named)
    grouped = _grouped(grouper, columns, rows, counts, told)
    kept = [name for name in header if name not in ADDED]
    places = [at for at, name in enumerate(header) if name not in ADDED]
    _writer(out)(
        out, [*kept, *ADDED], ([*(row[at] if at < len(row) else None for at in places), *more] for row, more in grouped)
    )
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


def _grouped(
    grouper: Grouper, columns: Columns, rows: Iterable[list[Any]], counts: Counter[str], told: Told | None
) -> Iterator[tuple[list[Any], list[Any]]]:
    for number, row in enumerate(rows, start=1):
        found = grouper.group(columns.case(row))
        counts[found.status] += 1
        if told and number % _ROWS == 0:
            told(number)
        yield row, _told(grouper, found)


def _told(grouper: Grouper, found: Grouped) -> list[Any]:
    return [found.drg, found.adrg, found.mdc, found.severity, grouper.weight(found.drg), found.status]


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


def _writer(out: Path) -> Callable[[Path, list[str], Iterable[list[Any]]], None]:
    return _write_parquet if out.suffix == ".parquet" else _write_csv


def _write_csv(out: Path, header: list[str], rows: Iterable[list[Any]]) -> None:
    with out.open("w", encoding="utf-8", newline="") as sink:
        writer = csv.writer(sink, lineterminator="\n")
        writer.writerow(header)
        writer.writerows([_cell(value) for value in row] for row in rows)


def _cell(value: Any) -> Any:
    return "|".join(value) if isinstance(value, list) else value


def _write_parquet(out: Path, header: list[str], rows: Iterable[list[Any]]) -> None:
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


def _parts(rows: Iterable[list[Any]]) -> Iterator[list[list[Any]]]:
    part: list[list[Any]] = []
    for row in rows:
        part.append(row)
        if len(part) == _ROWS:
            yield part
            part = []
    if part:
        yield part
