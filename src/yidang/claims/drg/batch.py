"""Whole files of cases, CSV, XLSX or Parquet: what stands in them, and their groups beside it.

A CSV is read row by row and a Parquet file by row groups, so that a file may be larger than the memory.
"""

import csv
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import Any

from yidang.claims.drg.columns import Columns
from yidang.claims.drg.comparing import Compared, Unknown
from yidang.claims.drg.errors import FileNotRead
from yidang.claims.drg.grids import book_of
from yidang.claims.drg.rules import SHIFTED, Grouper
from yidang.claims.encodings import delimiter_of, encoding_of

ADDED = ("drg", "adrg", "mdc", "severity", "weight", "status")
_ROWS = 20_000
Told = Callable[[int], None]


def group_file(
    grouper: Grouper, source: Path, out: Path, *, named: Mapping[str, str] | None = None, told: Told | None = None
) -> dict[str, Any]:
    """Groups every row of `source` into `out`, CSV or Parquet by its name, and says how it went.

    A column with the groups somebody else found is compared, row by row.

    Raises:
        FileNotRead, ColumnMissing: before anything is written.
    """
    started, counts = time.perf_counter(), Counter[str]()
    header, rows = _reader(source)
    if tuple(header[-len(ADDED) :]) == ADDED:
        header, rows = header[: -len(ADDED)], (row[: -len(ADDED)] for row in rows)  # grouped by us before
    columns = Columns(header, source.name, named)
    beside = Compared(), Unknown()
    added = [f"yidang_{name}" if name in header else name for name in ADDED]
    _writer(out)(out, [*header, *added], _grouped((grouper, columns), rows, counts, beside, told))
    seconds = time.perf_counter() - started
    cases = sum(counts.values())
    compared, unknown = beside
    return {
        "cases": cases,
        "grouped": counts["grouped"],
        "not_grouped": {status: many for status, many in sorted(counts.items()) if status != "grouped"},
        "unknown": unknown.told(),
        "expected": compared.told() if columns.has_expected else None,
        "scheme": f"{grouper.scheme.version.code} {grouper.scheme.version.version}",
        "verified": grouper.scheme.version.is_verified,
        "seconds": round(seconds, 3),
        "per_second": round(cases / seconds) if seconds else 0,
    }


def _grouped(
    by: tuple[Grouper, Columns],
    rows: Iterable[list[Any]],
    counts: Counter[str],
    beside: tuple[Compared, Unknown],
    told: Told | None,
) -> Iterator[list[Any]]:
    grouper, columns = by
    compared, unknown = beside
    width, group, weight, is_compared = columns.width, grouper.group, grouper.weight, columns.has_expected
    for number, row in enumerate(rows, start=1):
        case = columns.case(row)
        found = group(case) if len(row) <= width or not any(row[width:]) else SHIFTED
        counts[found.status] += 1
        if is_compared:
            compared.take(number + 1, columns.expected(row), found)
        if found.status == "unknown_main_diagnosis":
            unknown.take(case.main)
        if told and number % _ROWS == 0:
            told(number)
        cells = row if len(row) == width else [*row, *[""] * width][:width]
        yield [*cells, *found[:4], weight(found.drg), found.status]


def _reader(source: Path) -> tuple[list[str], Iterator[list[Any]]]:
    readers = {".parquet": _parquet_rows, ".xlsx": _xlsx_rows}
    return readers.get(source.suffix.lower(), _csv_rows)(source)


def _csv_rows(source: Path) -> tuple[list[str], Iterator[list[Any]]]:
    """UTF-8, UTF-16 or GB18030, by whatever separates the headings."""
    encoding = encoding_of(source)
    if encoding is None:
        raise FileNotRead(file=source.name)
    with source.open(encoding=encoding, newline="") as lines:
        delimiter = delimiter_of(lines.readline())

    def rows() -> Iterator[list[Any]]:
        try:
            with source.open(encoding=encoding, newline="") as lines:
                yield from (row for row in csv.reader(lines, delimiter=delimiter) if row)
        except (UnicodeDecodeError, csv.Error):
            raise FileNotRead(file=source.name) from None

    read = rows()
    return next(read, []), read


def _xlsx_rows(source: Path) -> tuple[list[str], Iterator[list[Any]]]:
    rows = book_of(source).worksheets[0].iter_rows(values_only=True)
    header = [str(cell or "") for cell in next(rows, ())]
    return header, (list(row) for row in rows if any(cell is not None for cell in row))


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
        every = chain([first], rows)
        writer.writerows(_joined(every, lists) if lists else every)


def _joined(rows: Iterable[list[Any]], lists: list[int]) -> Iterator[list[Any]]:
    for row in rows:
        for at in lists:
            row[at] = "|".join(row[at] or ())
        yield row


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
