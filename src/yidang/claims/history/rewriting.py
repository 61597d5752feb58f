"""Changing what stands in the history: files are written anew beside themselves and then take their own place."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.db import connection

from yidang.claims.history.reading import select
from yidang.claims.models import HistoryChange, Settlement
from yidang.claims.tables import TABLES

_OPTIONS = "FORMAT PARQUET, COMPRESSION ZSTD, ROW_GROUP_SIZE 100000"
_OF_CLAIMS = tuple(name for name, columns in TABLES.items() if "claim" in columns)
_OF_PERSONS = tuple(name for name, columns in TABLES.items() if "person" in columns)


def _open() -> Any:
    import duckdb

    db = duckdb.connect()
    db.execute("SET memory_limit = '1GB'; SET preserve_insertion_order = false")
    return db


def leave_out(over: Path, claims: Path, *, not_of: str) -> None:
    """Rows of the claims in the file `claims`, from all files but those of the import `not_of`."""
    with _open() as db:
        db.execute(f"CREATE TABLE gone AS SELECT DISTINCT claim FROM read_parquet('{claims}')")
        if not db.execute("SELECT count(*) FROM gone").fetchone()[0]:
            return
        for table in _OF_CLAIMS:
            for path in _files(over, table):
                if not path.name.startswith(not_of):
                    _rewrite(
                        db,
                        path,
                        "claim IN (SELECT claim FROM gone)",
                        "* ",
                        "claim NOT IN (SELECT claim FROM gone) OR claim IS NULL",
                    )


def apply(over: Path, changes: Iterable[HistoryChange]) -> None:
    """Claims as they stand in the database now; persons under another pseudonym; claims and persons forgotten."""
    kinds = HistoryChange.Kind
    made = list(changes)
    with _open() as db:
        _lay_claims(db, [one.claim for one in made if one.kind == kinds.CLAIM and one.claim is not None])
        db.execute("CREATE TABLE moved (person BIGINT, becomes BIGINT)")
        db.execute("CREATE TABLE forgotten (person BIGINT); CREATE TABLE gone (claim BIGINT)")
        for one in made:
            if one.kind == kinds.PERSON and one.becomes is not None:
                db.execute("INSERT INTO moved VALUES (?, ?)", [one.person, one.becomes])
            elif one.kind == kinds.FORGOTTEN and one.person is not None:
                db.execute("INSERT INTO forgotten VALUES (?)", [one.person])
            elif one.kind == kinds.FORGOTTEN:
                db.execute("INSERT INTO gone VALUES (?)", [one.claim])
        _add_claims_of_forgotten(db, over)
        for table in TABLES:
            for path in _files(over, table):
                _follow(db, table, path)


def _add_claims_of_forgotten(db: Any, over: Path) -> None:
    """What hangs on a claim may not name its person."""
    standing = select("settlements", over)
    db.execute(f"INSERT INTO gone SELECT claim FROM ({standing}) WHERE person IN (SELECT person FROM forgotten)")


def _lay_claims(db: Any, claims: list[int]) -> None:
    db.execute("CREATE TABLE patch (claim BIGINT, person BIGINT, reversed BOOLEAN, fund_fen BIGINT)")
    rows = Settlement.objects.filter(claim__in=claims).values_list("claim", "person_id", "reversed", "fund_fen")
    if found := [list(row) for row in rows]:
        db.executemany("INSERT INTO patch VALUES (?, ?, ?, ?)", found)


def _follow(db: Any, table: str, path: Path) -> None:
    replaced, concerned, lost = [], [], []
    columns = TABLES[table]
    if "claim" in columns:
        concerned.append("claim IN (SELECT claim FROM patch)")
        lost.append("claim IN (SELECT claim FROM gone)")
        own = [key for key in ("person", "reversed", "fund_fen") if key in columns]
        replaced += [_ASKED.format(key=key, other="patch", by="claim", value=key) for key in own]
    elif "person" in columns:
        concerned.append("person IN (SELECT person FROM moved)")
        replaced.append(_ASKED.format(key="person", other="moved", by="person", value="becomes"))
    if "person" in columns:
        lost.append("person IN (SELECT person FROM forgotten)")
    if concerned or lost:
        chosen = f"* REPLACE ({', '.join(replaced)})" if replaced else "*"
        kept = " AND ".join(f"({one}) IS NOT TRUE" for one in lost)
        _rewrite(db, path, " OR ".join(concerned + lost), chosen, kept)


_ASKED = "coalesce((SELECT any_value(o.{value}) FROM {other} o WHERE o.{by} = t.{by}), t.{key}) AS {key}"


def _rewrite(db: Any, path: Path, concerned: str, chosen: str, kept: str) -> None:
    """Only a file that holds something of it; an emptied one goes."""
    source = f"read_parquet('{path}', hive_partitioning = false)"
    (is_concerned,) = db.execute(f"SELECT EXISTS (SELECT 1 FROM {source} WHERE {concerned})").fetchone()
    if not is_concerned:
        return
    beside = path.with_suffix(".new")
    (count,) = db.execute(f"COPY (SELECT {chosen} FROM {source} t WHERE {kept}) TO '{beside}' ({_OPTIONS})").fetchone()
    if count:
        beside.replace(path)
    else:
        beside.unlink()
        path.unlink()


def _files(over: Path, table: str) -> list[Path]:
    return sorted((over / table).rglob("*.parquet"))


def merge_list(over: Path, table: str, coming: Path) -> None:
    """Every row once."""
    target = over / table / f"{table}.parquet"
    target.parent.mkdir(parents=True, exist_ok=True)
    with _open() as db:
        columns = ", ".join(TABLES[table])
        standing = f"SELECT * FROM read_parquet('{target}')" if target.exists() else select(table, over)
        beside = target.with_suffix(".new")
        db.execute(
            f"COPY (SELECT DISTINCT * FROM (SELECT {columns} FROM ({standing}) UNION ALL SELECT {columns}"
            f" FROM read_parquet('{coming}'))) TO '{beside}' ({_OPTIONS})"
        )
        beside.replace(target)


def export(query: str, target: Path) -> None:
    with (
        target.open("wb") as rows,
        connection.cursor() as cursor,
        cursor.cursor.copy(f"COPY ({query}) TO STDOUT (FORMAT CSV)") as copy,
    ):
        for block in copy:
            rows.write(block)


_PARTIES = {
    "persons": "SELECT person, sex, born_on, scheme, place AS region, address, blood_group FROM claims_enrolee"
    " WHERE merged_into_id IS NULL",
    "providers": "SELECT code AS provider, kind, level, region, beds, longitude, latitude FROM claims_provider",
    "doctors": "SELECT code AS doctor, provider_id AS provider, department, profession, specialty"
    " FROM claims_practitioner",
}
# Whom an entry is of is asked anew each time: who enrols later, or was merged, is found all the same.
_WHOM = (
    "FROM claims_datedentry d JOIN claims_enrolee e ON e.id_index = d.id_index"
    " LEFT JOIN claims_enrolee k ON k.id = e.merged_into_id WHERE d.kind"
)
_LISTED = {
    "deaths": f"SELECT coalesce(k.person, e.person), min(d.from_on) {_WHOM} = 'deaths' GROUP BY 1",
    "absences": f"SELECT DISTINCT coalesce(k.person, e.person), d.why, d.from_on, d.until_on {_WHOM} = 'absences'",
    "suspensions": "SELECT code, from_on, until_on FROM claims_datedentry WHERE kind = 'suspensions'",
    "terminations": "SELECT code, from_on, until_on FROM claims_datedentry WHERE kind = 'terminations'",
    "products": "SELECT trace_prefix, product, item FROM claims_product",
}


def lay_parties(over: Path) -> None:
    """Persons, providers, doctors and the lists of others as the database has them now."""
    for table, query in _PARTIES.items():
        _lay(over / table / f"{table}.parquet", table, query)
    for table, query in _LISTED.items():
        _lay(over / table / "listed.parquet", table, query)  # beside what came by import


def _lay(target: Path, table: str, query: str) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    text = target.with_suffix(".csv")
    export(query, text)
    types = ", ".join(f"'{key}': '{kind}'" for key, kind in TABLES[table].items())
    with _open() as db:
        db.execute(
            f"COPY (SELECT * FROM read_csv('{text}', auto_detect = false, header = false, delim = ','"
            f", quote = '\"', escape = '\"', columns = {{{types}}}, nullstr = ''))"
            f" TO '{target.with_suffix('.new')}' ({_OPTIONS})"
        )
    target.with_suffix(".new").replace(target)
    text.unlink()
