"""Standard codes of what came: their shape, and whether the newest code table has them. Doubts, never refusals."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from yidang.claims.lists.codes import unknown
from yidang.claims.models import TakenList

Warned = list[dict[str, Any]]


@dataclass(frozen=True)
class Coded:
    table: str
    field: str
    list: str
    source: str
    only: str = "true"
    shape: str = ""


@cache
def coded() -> tuple[Coded, ...]:
    text = (files("yidang.claims") / "data" / "codes.toml").read_text(encoding="utf-8")
    return tuple(Coded(**row) for row in tomllib.loads(text)["code"])


def check_codes(db: Any, tables: set[str]) -> Warned:
    """[{"code", "field", "list", "rows"}]: how many rows of what came have a code of which that is to be said."""
    held = set(TakenList.objects.values_list("kind", flat=True).distinct())
    found: Warned = []
    for one in coded():
        if one.table in tables and (one.shape or one.list in held):
            found += _of_one(db, one, is_held=one.list in held)
    return found


def _of_one(db: Any, one: Coded, *, is_held: bool) -> Warned:
    standing = f"FROM typed_{one.table} WHERE {one.field} IS NOT NULL AND {one.only}"
    counts = dict(db.execute(f"SELECT {one.field}, count(*) {standing} GROUP BY 1").fetchall())
    odd = _misshapen(db, one, list(counts)) if one.shape else set()
    lacking = unknown(one.list, set(counts) - odd) if is_held else set()
    told = {"code_misshapen": odd, "code_unknown": lacking}
    return [
        {"code": code, "field": f"{one.table}.{one.field}", "list": one.list, "rows": sum(counts[key] for key in keys)}
        for code, keys in told.items()
        if keys
    ]


def _misshapen(db: Any, one: Coded, codes: list[str]) -> set[str]:
    asked = "SELECT code FROM (SELECT unnest(?) AS code) WHERE NOT regexp_full_match(code, ?)"
    return {code for (code,) in db.execute(asked, [codes, one.shape]).fetchall()}
