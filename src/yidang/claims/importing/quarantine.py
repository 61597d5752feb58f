"""Rows that were not taken: kept sealed with their reasons, told in both languages, handed back as a sheet."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

from yidang.claims.importing.files import Given
from yidang.claims.importing.people import pseudonym
from yidang.claims.importing.shape import columns_of
from yidang.claims.models import Import, QuarantinedRow
from yidang.claims.sealed import row_of
from yidang.crypto.fields import seal_json
from yidang.kernel import resident_id
from yidang.kernel.harmless import harmless

_MANY = 5000
TABLE = "claims_quarantined_row"


def keep(db: Any, batch: Import, given: list[Given]) -> int:
    """How many rows stay out; one with several reasons is one."""
    names = {one.number: one.name for one in given}
    rows = (_row(batch, names, found) for table in _tables(db) for found in _found(db, table))
    while some := list(islice(rows, _MANY)):
        QuarantinedRow.objects.bulk_create(some)
    (count,) = db.execute("SELECT count(*) FROM (SELECT DISTINCT tab, file, row FROM bad)").fetchone()
    return int(count)


def _tables(db: Any) -> list[str]:
    return [name for (name,) in db.execute("SELECT DISTINCT tab FROM bad ORDER BY tab").fetchall()]


def _found(db: Any, table: str) -> Iterator[tuple[Any, ...]]:
    raw = columns_of(db, f"raw_{table}")
    if not raw:  # what a reader refused before it became a row of any table
        yield from db.execute("SELECT file, row, code, field, NULL FROM bad WHERE tab = ?", [table]).fetchall()
        return
    asked = db.execute(
        f"SELECT DISTINCT b.file, b.row, b.code, b.field, to_json(r)::VARCHAR FROM bad b LEFT JOIN raw_{table} r"
        " ON r._file = b.file AND r._row = b.row WHERE b.tab = ? ORDER BY 1, 2",
        [table],
    )
    while rows := asked.fetchmany(_MANY):
        yield from rows


def _row(batch: Import, names: dict[int, str], found: tuple[Any, ...]) -> QuarantinedRow:
    file, row, code, field, body = found
    cells = json.loads(body or "{}").items()
    content = {key: value for key, value in cells if not key.startswith("_") and value is not None}
    sealed = seal_json(
        {"file": names.get(file, ""), "row": content}, table=TABLE, row=f"{batch.pk}/{file}/{row}", field=""
    )
    marks = marks_of(batch.source, content)
    return QuarantinedRow(batch=batch, file=file, row=row, code=code, field=field or "", sealed=sealed, marks=marks)


def marks_of(source: str, content: Mapping[str, Any]) -> list[int]:
    """Keyed numbers of whom and of which settlement the row speaks, so that it is found when they are forgotten."""
    said = {f"{key}\n{content[key]}" for key in ("claim", "number") if content.get(key)}
    if content.get("person"):
        said.add(f"person\n{source}\n{content['person']}")
    said |= {f"id\n{one}" for cell in content.values() if (one := _id_number(cell))}
    return sorted(pseudonym("quarantine", one) for one in said)


def _id_number(cell: Any) -> str:
    """Under whatever heading it stands; also one with a wrong check digit, which is why many rows are here."""
    found = resident_id.IN_TEXT.fullmatch(str(cell).strip())
    return resident_id.upgrade(found.group().upper()) if found else ""


def forget(rows: Iterable[tuple[str, Mapping[str, Any]]]) -> int:
    """Rows that share a mark with one of `rows`, each a source and what it would say; how many went.

    Rows from before there were marks are opened.
    """
    wanted = {mark for source, content in rows for mark in marks_of(source, content)}
    if not wanted:
        return 0
    gone = set(QuarantinedRow.objects.filter(marks__overlap=sorted(wanted)).values_list("pk", flat=True))
    unmarked = QuarantinedRow.objects.filter(marks=None).select_related("batch")
    for one in unmarked.iterator(_MANY):
        if wanted.intersection(marks_of(one.batch.source, row_of(one).get("row", {}))):
            gone.add(one.pk)
    QuarantinedRow.objects.filter(pk__in=gone).delete()
    return len(gone)


def as_sheet(batch: Import) -> str:
    """CSV of the rows as they came, each with its reason; a spreadsheet must not take a cell for a formula."""
    rows = [(one, row_of(one)) for one in QuarantinedRow.objects.filter(batch=batch).order_by("file", "row", "id")]
    columns = list(dict.fromkeys(key for _one, words in rows for key in words["row"]))
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["file", "row", "code", "field", *columns])
    for one, words in rows:
        own = [words["file"], one.row, one.code, one.field]
        writer.writerow([harmless(cell) for cell in (*own, *(words["row"].get(key, "") for key in columns))])
    return "\ufeff" + text.getvalue()
