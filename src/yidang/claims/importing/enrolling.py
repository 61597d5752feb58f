"""Persons of an import: cleaned, checked, and known by a pseudonym from here on."""

from typing import Any

from yidang.claims.importing.people import Entry, clean, resolve
from yidang.kernel import resident_id

_COLUMNS = (
    "person", "id_number", "name", "phone", "home", "sex", "born_on", "scheme", "region", "address", "blood_group",
    "status", "reason",
)  # fmt: skip


def enrol(db: Any, source: str) -> dict[str, int]:
    """Source number → pseudonym, of everybody the import names."""
    entries, wrong = _described(db)
    if wrong:
        db.executemany("INSERT INTO bad VALUES ('persons', ?, ?, 'id_number_invalid', 'id_number')", wrong)
        # Where the settlement itself carries the ID number, in a message of the interface, it falls with it.
        db.execute(
            "INSERT INTO bad SELECT 'settlements', s._file, s._row, b.code, b.field FROM typed_settlements s"
            " JOIN bad b ON b.tab = 'persons' AND b.code = 'id_number_invalid' AND b.file = s._file AND b.row = s._row"
        )
    named = db.execute("SELECT DISTINCT person FROM typed_settlements WHERE person IS NOT NULL").fetchall()
    for (number,) in named:
        entries.setdefault(number, Entry(number))
    return resolve(source, list(entries.values()))


def _described(db: Any) -> tuple[dict[str, Entry], list[tuple[int, int]]]:
    """By number, the last row of each; and where an ID number is none."""
    asked = db.execute(
        f"SELECT _file, _row, {', '.join(_COLUMNS)} FROM typed_persons p ANTI JOIN bad b ON b.tab = 'persons'"
        " AND b.file = p._file AND b.row = p._row ORDER BY _file, _row"
    )
    entries: dict[str, Entry] = {}
    wrong: list[tuple[int, int]] = []
    while rows := asked.fetchmany(10_000):
        for file, row, *values in rows:
            given = dict(zip(_COLUMNS, values, strict=True))
            number = given.pop("person") or given["id_number"]
            if given["id_number"] and not resident_id.is_valid(given["id_number"]):
                wrong.append((file, row))
            else:
                entries[number] = clean(number, given)
    return entries, wrong
