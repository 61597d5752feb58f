"""What an import knows of each table: the analytics columns, and those that only the operational rows need."""

from typing import Any, Final

from yidang.claims.tables import TABLES, Columns

_MORE: Final[dict[str, Columns]] = {
    "persons": {
        "id_number": "VARCHAR",
        "name": "VARCHAR",
        "phone": "VARCHAR",
        "home": "VARCHAR",
        "status": "VARCHAR",
        "reason": "VARCHAR",
    },
    "providers": {"name": "VARCHAR"},
    "doctors": {"name": "VARCHAR"},
    # `fees` {"1": [amount, 甲, 乙, 自费, 其他], …} and `funds` {"hifp_pay": fen, …} as JSON text; `reverses` is the
    # number of the settlement that this one takes back.
    "settlements": {
        "number": "VARCHAR",
        "encounter": "VARCHAR",
        "department_name": "VARCHAR",
        "hospital_fen": "BIGINT",
        "days": "INTEGER",
        "fees": "VARCHAR",
        "funds": "VARCHAR",
        "reverses": "VARCHAR",
    },
}
_WHOLE: Final = frozenset({"BIGINT", "INTEGER", "TINYINT"})
_MOMENTS: Final = ["%Y/%m/%d", "%Y/%m/%d %H:%M:%S", "%Y/%m/%d %H:%M", "%Y%m%d", "%Y%m%d%H%M%S", "%Y年%m月%d日"]
DERIVED: Final = frozenset({"month"})
# Read as text whatever the file says: it is a source's own number, and becomes a pseudonym.
AS_TEXT: Final = frozenset({"person"})
SHAPES: Final[dict[str, Columns]] = {
    name: {key: kind for key, kind in (columns | _MORE.get(name, {})).items() if key not in DERIVED}
    for name, columns in TABLES.items()
}


def shape(db: Any, table: str) -> None:
    """View `typed_<table>` over `raw_<table>`: every column of the shape, NULL where it is missing or misread."""
    given = columns_of(db, f"raw_{table}")
    parts = [f"{_value(key, kind, given)} AS {key}" for key, kind in SHAPES[table].items()]
    db.execute(f"CREATE OR REPLACE VIEW typed_{table} AS SELECT _file, _row, {', '.join(parts)} FROM raw_{table}")


def columns_of(db: Any, relation: str) -> Columns:
    """Blank when there is no such relation. Asked of it alone: the catalogue would look through every file there is."""
    import duckdb

    try:
        return {name: kind for name, kind, *_ in db.execute(f"DESCRIBE {relation}").fetchall()}
    except duckdb.CatalogException:
        return {}


def _value(key: str, kind: str, given: Columns) -> str:
    if key not in given:
        return f"NULL::{'VARCHAR' if key in AS_TEXT else kind}"
    if key in AS_TEXT:
        return f"nullif(trim({key}::VARCHAR), '')"
    if given[key] != "VARCHAR":
        return key if given[key] == kind else f"TRY_CAST({key} AS {kind})"
    return of_text(key, kind)


def of_text(key: str, kind: str) -> str:
    text = f"nullif(trim({key}), '')"
    if kind == "VARCHAR":
        return text
    if key in ("claim", "line", "prescription"):
        return serial(text)
    if kind in _WHOLE:  # DuckDB itself would round 12.7 in silence
        return f"CASE WHEN regexp_full_match({text}, '[+-]?[0-9]+(\\.0+)?') THEN TRY_CAST({text} AS {kind}) END"
    if kind in ("DATE", "TIMESTAMP"):
        return f"coalesce(TRY_CAST({text} AS {kind}), try_strptime({text}, {_MOMENTS})::{kind})"
    return f"TRY_CAST({text} AS {kind})"


def serial(text: str) -> str:
    """A number as it is; anything else (`SETL-2026-…`) as 63 bits of its digest, the same every time."""
    return (
        f"CASE WHEN regexp_full_match({text}, '[1-9][0-9]{{0,17}}') THEN {text}::BIGINT"
        f" WHEN {text} IS NOT NULL THEN (md5_number_lower({text}) >> 1)::BIGINT END"
    )


def misread(key: str, kind: str, given: Columns) -> str | None:
    """The condition under which something stands there that is not of the type; None when that cannot be."""
    if key not in given or given[key] == kind or key in AS_TEXT or kind == "VARCHAR":
        return None
    value = of_text(key, kind) if given[key] == "VARCHAR" else f"TRY_CAST({key} AS {kind})"
    is_given = f"nullif(trim({key}), '') IS NOT NULL" if given[key] == "VARCHAR" else f"{key} IS NOT NULL"
    return f"({is_given} AND ({value}) IS NULL)"
