"""Which questions a claim raises at all: what no rule could find in it is not asked of the engine. Pure."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import timedelta
from functools import lru_cache
from math import inf
from typing import Any

from yidang.oversight.knowledge.current import base, stamp

Row = Mapping[str, Any]
Tables = Mapping[str, Sequence[Row]]
_PAIRED = {"pairs": ("item_a", "item_b"), "packages": ("package", "part")}


def concerns(told: Tables, claim: int) -> set[str]:
    """The needs of rules (`limits:sex`, `rows:deaths`, `claim:copies`) that this claim meets."""
    lines = [row for row in told.get("lines", ()) if row["claim"] == claim]
    met = {need for item in {row["item"] for row in lines} for need in _known_of(stamp()).get(item, ())}
    met |= {f"rows:{name}" for name in _others(told, claim)}
    return met | {f"claim:{name}" for name, holds in _QUESTIONS.items() if holds(told, lines)}


def _others(told: Tables, claim: int) -> Iterable[str]:
    """Tables with a row that is not of the claim itself; of traces its own rows count too."""
    for name, rows in told.items():
        if any(row.get("claim") != claim or name in {"traces", "vitals"} for row in rows):
            yield name


@lru_cache(maxsize=1)
def _known_of(_state: int) -> dict[str, set[str]]:
    """Item → kinds of knowledge there are about it."""
    found: dict[str, set[str]] = {}
    for table in ("limits", "choices"):
        for row in base()[table]:
            found.setdefault(row["item"], set()).add(f"{table}:{row['kind']}")
    for table, columns in _PAIRED.items():
        for row in base()[table]:
            for column in columns:
                found.setdefault(row[column], set()).add(f"{table}:{row.get('kind', '')}")
    return found


@lru_cache(maxsize=1)
def _items(_state: int) -> dict[str, Row]:
    return {row["item"]: row for row in base()["items"]}


def _said(line: Row, column: str) -> Any:
    return _items(stamp()).get(line["item"], {}).get(column)


def _has_copies(_told: Tables, lines: Sequence[Row]) -> bool:
    counts = Counter((line["item"], line.get("served_at")) for line in lines)
    return any(count > 1 for count in counts.values())


def _has_same_class(_told: Tables, lines: Sequence[Row]) -> bool:
    counts = Counter(_said(line, "atc4") for line in lines if _said(line, "atc4"))
    return any(count > 1 for count in counts.values())


def _is_refill(told: Tables, lines: Sequence[Row]) -> bool:
    """Of a substance some of an earlier supply is left."""
    mine = {line["line"] for line in lines}
    asked = {_said(line, "generic") or line["item"]: line for line in lines if line.get("days_supply")}
    for row in told["lines"]:
        line = asked.get(_said(row, "generic") or row["item"])
        if line and row["line"] not in mine and _reaches(row, line):
            return True
    return False


def _reaches(earlier: Row, line: Row) -> bool:
    if not earlier.get("days_supply"):
        return False
    if not (earlier.get("served_at") and line.get("served_at")):
        return True
    lasts_until = earlier["served_at"].date() + timedelta(days=earlier["days_supply"])
    return bool(lasts_until > line["served_at"].date())


def _moves_again(told: Tables, lines: Sequence[Row]) -> bool:
    """A box of the claim was seen before, in whatever claim."""
    mine = {line["claim"] for line in lines}
    rows = [row for row in told.get("traces", ()) if row.get("trace")]
    own = {row["trace"] for row in rows if row["claim"] in mine}
    counts = Counter(row["trace"] for row in rows)
    return any(counts[trace] > 1 for trace in own)


def _supplies_long(_told: Tables, lines: Sequence[Row]) -> bool:
    return any((line.get("days_supply") or 0) > 1 and (line.get("quantity") or 0) > 1 for line in lines)


def _is_dear(_told: Tables, lines: Sequence[Row]) -> bool:
    """Dearer than the lowest ceiling of any level: whether it is above its own, the rule says."""
    return any((line.get("unit_price_fen") or 0) > _least_ceilings(stamp()).get(line["item"], inf) for line in lines)


@lru_cache(maxsize=1)
def _least_ceilings(_state: int) -> dict[str, float]:
    least: dict[str, float] = {}
    for row in base()["prices"]:
        least[row["item"]] = min(least.get(row["item"], inf), float(row["ceiling_fen"]))
    return least


def _lacks_trace(_told: Tables, lines: Sequence[Row]) -> bool:
    return any(line.get("class") == "drug" and not line.get("trace") for line in lines)


def _is_per(unit: str) -> Callable[[Tables, Sequence[Row]], bool]:
    return lambda _told, lines: any(_said(line, "per") == unit for line in lines)


def _diagnosis_tells(told: Tables, _lines: Sequence[Row]) -> bool:
    starts = tuple(row["code"] for row in base()["diagnosis_limits"] if row["kind"] in {"sex", "age"})
    return any(str(row.get("code") or "").startswith(starts) for row in told.get("diagnoses", ()))


def _was_elsewhere_today(told: Tables, _lines: Sequence[Row]) -> bool:
    *before, now = told["settlements"]
    return any(row["admitted_at"] and row["admitted_at"].date() == now["admitted_at"].date() for row in before)


_QUESTIONS: dict[str, Callable[[Tables, Sequence[Row]], bool]] = {
    "copies": _has_copies,
    "same_class": _has_same_class,
    "refill": _is_refill,
    "trace_again": _moves_again,
    "long_supply": _supplies_long,
    "dear": _is_dear,
    "untraced": _lacks_trace,
    "hourly": _is_per("hour"),
    "daily": _is_per("day"),
    "telling_diagnosis": _diagnosis_tells,
    "same_day": _was_elsewhere_today,
}
