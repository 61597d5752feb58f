"""`oversight evaluate`: recall on what was planted, false doubts on its look-alikes, by planted pattern."""

import csv
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from yidang.claims.encodings import encoding_of
from yidang.oversight.analytics.duck import Duck
from yidang.oversight.analytics.runner import Progress, examined, runnable
from yidang.oversight.rules.errors import truth_refused
from yidang.oversight.rules.loading import book

_SUBJECTS = ("line", "claim", "person", "provider")  # the narrowest a row names decides
_COUNTS = ("planted", "found", "look_alikes", "wrong")
_COLUMNS = {"scheme", "planted"}


@dataclass(frozen=True, slots=True)
class Mark:
    """A row of the truth: what is planted (or only looks like it), and about whom."""

    scheme: str
    subject: str
    key: str
    planted: bool


def evaluate(truth: Path, progress: Progress | None = None) -> dict[str, Any]:
    """Runs the rules over the folder `truth` lies in.

    {"schemes": {name: {"rules", "planted", "found", "look_alikes", "wrong"}}, "found_share", "wrong_share",
    "unmarked": {rule: claims doubted that the truth does not name}, "lines", "seconds"}
    """
    marks = marks_of(truth)
    with examined(truth.parent, runnable(book()), progress) as done:
        doubted = _doubted(done.duck)
        told = {"lines": done.lines, "seconds": round(done.seconds, 3)}
        unmarked = _unmarked(done.duck, marks)
    return measure(marks, doubted, answering()) | {"unmarked": unmarked} | told


def answering() -> dict[str, list[str]]:
    text = files(__package__).joinpath("schemes.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def names_schemes(truth: Path) -> bool:
    """Whether it is a truth of planted patterns, as the generator writes it; else it is a table with labels."""
    if truth.suffix.lower() != ".csv":
        return False
    with truth.open(encoding=encoding_of(truth) or "latin-1", newline="") as source:
        return set(next(csv.reader(source), ())) >= _COLUMNS


def marks_of(truth: Path) -> list[Mark]:
    """Raises Invalid `truth_columns_missing`."""
    with truth.open(encoding=encoding_of(truth), newline="") as source:
        reader = csv.DictReader(source)
        headings = set(reader.fieldnames or ())
        if not (headings >= _COLUMNS and headings & set(_SUBJECTS)):
            raise truth_refused(truth.name)
        return [_mark(row) for row in reader]


def _mark(row: dict[str, str]) -> Mark:
    subject = next((name for name in _SUBJECTS if row.get(name, "") not in {"", "0"}), "claim")
    return Mark(row["scheme"], subject, row.get(subject, ""), row["planted"] == "1")


Doubted = set[tuple[str, str, str]]  # rule, subject, key


def _doubted(duck: Duck) -> Doubted:
    found: Doubted = set()
    for subject in _SUBJECTS:
        rows = duck.rows(f"SELECT DISTINCT rule, CAST({subject} AS VARCHAR) FROM doubts WHERE {subject} IS NOT NULL")  # noqa: S608
        found |= {(rule, subject, key) for rule, key in rows}
    return found


def measure(marks: Iterable[Mark], doubted: Doubted, rules_of: dict[str, list[str]]) -> dict[str, Any]:
    schemes: dict[str, dict[str, Any]] = {}
    for mark in marks:
        rules = rules_of.get(mark.scheme, [])
        said = schemes.setdefault(mark.scheme, _blank(rules))
        hit = any((rule, mark.subject, mark.key) in doubted for rule in rules)
        said["planted" if mark.planted else "look_alikes"] += 1
        said["found" if mark.planted else "wrong"] += hit
    totals = {
        name: sum(said[name] for said in schemes.values()) for name in ("planted", "found", "look_alikes", "wrong")
    }
    shares = {
        "found_share": totals["found"] / max(totals["planted"], 1),
        "wrong_share": totals["wrong"] / max(totals["look_alikes"], 1),
    }
    return {"schemes": schemes, **totals, **shares}


def _blank(rules: list[str]) -> dict[str, Any]:
    return {"rules": "、".join(rules), "planted": 0, "found": 0, "look_alikes": 0, "wrong": 0}


def _unmarked(duck: Duck, marks: Iterable[Mark]) -> dict[str, int]:
    """Claims doubted in the background, where nothing was planted: what an inspector would look at in vain."""
    named = {mark.key for mark in marks if mark.subject == "claim"}
    lines = {mark.key for mark in marks if mark.subject == "line"}
    counts: dict[str, set[str]] = {}
    rows = duck.rows("SELECT DISTINCT rule, CAST(claim AS VARCHAR), CAST(line AS VARCHAR) FROM doubts")
    known = named | {claim for _, claim, line in rows if line in lines}
    for rule, claim, _line in rows:
        if claim not in known:
            counts.setdefault(rule, set()).add(claim)
    return {rule: len(claims) for rule, claims in sorted(counts.items())}
