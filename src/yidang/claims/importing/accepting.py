"""From checked rows to what is stored: settlements with their state, and what hangs on them.

`good` has one row per settlement taken in: state 'new', 'same' (the same content stands here already) or 'changed'.
"""

from typing import Any

from django.db import connection

from yidang.claims.importing.checking import OF_A_CLAIM
from yidang.claims.importing.shape import SHAPES
from yidang.claims.recovering import decided
from yidang.claims.tables import TABLES

# What a part has from its settlement, whatever it says itself.
OF_THE_SETTLEMENT = frozenset({"person", "provider", "visit", "reversed", "month"})
_PARTS_OF_DIGEST = OF_A_CLAIM


def complete(db: Any, tables: set[str]) -> None:
    """Every table of a settlement exists from here on, empty where none came."""
    from yidang.claims.importing.shape import shape

    for name in {"settlements", "persons", "providers", "doctors", *OF_A_CLAIM} - tables:
        db.execute(f"CREATE TABLE raw_{name} (_file INTEGER, _row BIGINT)")
        shape(db, name)


def digest_parts(db: Any) -> None:
    """`digest_<table>`: what hangs on a settlement, as one number by which it is known again."""
    for name in _PARTS_OF_DIGEST:
        db.execute(f"CREATE TABLE digest_{name} AS {_digest(name)}")


def choose_settlements(db: Any, people: dict[str, int]) -> None:
    _lay_people(db, people)
    digests = " ".join(f"LEFT JOIN digest_{name} USING (claim)" for name in _PARTS_OF_DIGEST)
    columns = [key for key in SHAPES["settlements"] if key not in ("person", "reversed", "main_diagnosis")]
    content = ", ".join(f"s.{key}" for key in SHAPES["settlements"])
    sums = ", ".join(f"digest_{name}.digest" for name in _PARTS_OF_DIGEST)
    db.execute(f"""
        CREATE TABLE good AS
        SELECT {", ".join(f"s.{key}" for key in columns)}, p.person, s.person AS source_person,
            coalesce(s.main_diagnosis, main.code) AS main_diagnosis,
            coalesce(s.reversed, false) OR s.reverses IS NOT NULL AS reversed,
            strftime(s.settled_at, '%Y-%m') AS month,
            md5(concat_ws('|', {content}, {sums})) AS digest, s._file, s._row, 'new' AS state, 1 AS version
        FROM typed_settlements s
        ANTI JOIN (SELECT file, row FROM bad WHERE tab = 'settlements') b ON b.file = s._file AND b.row = s._row
        JOIN people p ON p.number = s.person
        LEFT JOIN (SELECT claim, any_value(code) AS code FROM typed_diagnoses WHERE is_main GROUP BY 1) main
          USING (claim)
        {digests}""")
    _compare(db)


def _lay_people(db: Any, people: dict[str, int]) -> None:
    import pyarrow as pa

    rows = pa.table({"number": list(people), "person": pa.array(people.values(), pa.int64())})
    db.register("people_arrow", rows)
    db.execute("CREATE TABLE people AS SELECT * FROM people_arrow")
    db.unregister("people_arrow")


def _digest(table: str) -> str:
    """The same rows in any order come to the same."""
    content = ", ".join(key for key in SHAPES[table] if key not in ("person", "provider", "visit"))
    return f"SELECT claim, bit_xor(md5_number_lower(concat_ws('|', {content}))) AS digest FROM typed_{table} GROUP BY 1"


def _compare(db: Any) -> None:
    """What of it the house knows, asked in one go."""
    import pyarrow as pa

    if not is_near(db, "SELECT min(claim), max(claim) FROM good", "claims_settlement", "claim"):
        return
    ids = [claim for (claim,) in db.execute("SELECT claim FROM good").fetchall()]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT claim, replace(digest::text, '-', ''), version, reversed FROM claims_settlement"
            " WHERE claim = ANY(%s)",
            [ids],
        )
        rows = cursor.fetchall()
    columns = [pa.array([row[place] for row in rows]) for place in range(4)]
    if not rows:
        return
    db.register("known_arrow", pa.table(columns, names=["claim", "digest", "version", "reversed"]))
    db.execute("""
        UPDATE good SET version = k.version + 1,
            reversed = good.reversed OR k.reversed,
            state = CASE WHEN k.digest = good.digest THEN 'same' ELSE 'changed' END
        FROM known_arrow k WHERE k.claim = good.claim""")
    db.unregister("known_arrow")
    _keep_decided(db)


def _keep_decided(db: Any) -> None:
    """What a decision took back is no matter of an import: such a settlement stays as two persons left it."""
    ids = [claim for (claim,) in db.execute("SELECT claim FROM good WHERE state = 'changed'").fetchall()]
    for claim in decided(ids):
        db.execute(
            "INSERT INTO bad SELECT 'settlements', _file, _row, 'settlement_decided', 'claim' FROM good"
            " WHERE claim = ?",
            [claim],
        )
        db.execute("DELETE FROM good WHERE claim = ?", [claim])


def choose_parts(db: Any) -> None:
    """`good_<table>`: rows of a settlement taken in, or lines added to one that stands here."""
    _lay_rejected(db)
    _lay_standing(db)
    for table in OF_A_CLAIM:
        _refuse_loose(db, table)
        chosen = ", ".join(f"{'g' if key in OF_THE_SETTLEMENT else 't'}.{key}" for key in TABLES[table])
        db.execute(f"""
            CREATE VIEW good_{table} AS SELECT {chosen}, g.state, t._file, t._row
            FROM typed_{table} t JOIN (SELECT * FROM good_or_standing WHERE state <> 'same') g USING (claim)
            ANTI JOIN (SELECT file, row FROM bad WHERE tab = '{table}') b ON b.file = t._file AND b.row = t._row""")


def _lay_rejected(db: Any) -> None:
    """`loose`: claims that only parts name, not a settlement taken in; `rejected`: those whose settlement stays out."""
    db.execute("CREATE TABLE rejected AS SELECT DISTINCT claim FROM typed_settlements ANTI JOIN good USING (claim)")
    parts = " UNION ALL ".join(f"SELECT claim FROM typed_{name} ANTI JOIN good USING (claim)" for name in OF_A_CLAIM)
    db.execute(f"CREATE TABLE loose AS SELECT DISTINCT claim FROM ({parts}) WHERE claim IS NOT NULL")


def _refuse_loose(db: Any, table: str) -> None:
    """Most often there are none, and the table need not be read for them."""
    if not db.execute("SELECT count(*) FROM loose").fetchone()[0]:
        return
    if table in ("diagnoses", "operations"):
        db.execute(
            f"INSERT INTO bad SELECT '{table}', t._file, t._row, 'settlement_needed', 'claim'"
            f" FROM typed_{table} t SEMI JOIN standing USING (claim)"
        )
    db.execute(f"""
        INSERT INTO bad SELECT '{table}', t._file, t._row,
            CASE WHEN r.claim IS NULL THEN 'claim_unknown' ELSE 'settlement_rejected' END, 'claim'
        FROM typed_{table} t SEMI JOIN loose USING (claim) ANTI JOIN standing USING (claim)
        LEFT JOIN rejected r ON r.claim = t.claim""")


def _lay_standing(db: Any) -> None:
    """Settlements that stand here and of which only parts came this time."""
    import pyarrow as pa

    loose = "SELECT claim FROM loose ANTI JOIN rejected USING (claim)"
    ids = [claim for (claim,) in db.execute(loose).fetchall()]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT claim, person, provider_id, visit, reversed, version,"
            " to_char(settled_at AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM') FROM claims_settlement"
            " WHERE claim = ANY(%s)",
            [ids],
        )
        rows = cursor.fetchall()
    db.execute(
        "CREATE TABLE standing (claim BIGINT, person BIGINT, provider VARCHAR, visit VARCHAR, reversed BOOLEAN,"
        " version INTEGER, month VARCHAR)"
    )
    if rows:
        names = ("claim", "person", "provider", "visit", "reversed", "version", "month")
        db.register("standing_arrow", pa.table({name: [row[n] for row in rows] for n, name in enumerate(names)}))
        db.execute("INSERT INTO standing SELECT * FROM standing_arrow")
        db.unregister("standing_arrow")
    db.execute("""
        CREATE VIEW good_or_standing AS
        SELECT claim, person, provider, visit, reversed, month, state FROM good
        UNION ALL SELECT claim, person, provider, visit, reversed, month, 'added' FROM standing""")
    _note_known_lines(db)


def is_near(db: Any, extent: str, table: str, key: str) -> bool:
    """Whether anything of the table could be meant at all: new months have new numbers."""
    low, high = db.execute(extent).fetchone()
    if low is None:
        return False
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT EXISTS (SELECT FROM {table} WHERE {key} BETWEEN %s AND %s)", [low, high])
        return bool(cursor.fetchone()[0])


def _note_known_lines(db: Any) -> None:
    """A line that comes alone and stands here already is no addition; one that stands under another claim is wrong."""
    import pyarrow as pa

    if not is_near(db, "SELECT min(line), max(line) FROM typed_lines", "claims_line", "line"):
        return
    with connection.cursor() as cursor:
        ids = [line for (line,) in db.execute("SELECT line FROM typed_lines WHERE line IS NOT NULL").fetchall()]
        cursor.execute("SELECT line, claim FROM claims_line WHERE line = ANY(%s)", [ids])
        rows = cursor.fetchall()
    if not rows:
        return
    db.register("lines_arrow", pa.table({"line": [row[0] for row in rows], "claim": [row[1] for row in rows]}))
    db.execute("""
        INSERT INTO bad SELECT 'lines', t._file, t._row,
            CASE WHEN k.claim = t.claim THEN 'line_known' ELSE 'line_duplicate' END, 'line'
        FROM typed_lines t JOIN lines_arrow k USING (line)
        WHERE k.claim <> t.claim OR t.claim IN (SELECT claim FROM standing)""")
    db.unregister("lines_arrow")
