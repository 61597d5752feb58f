"""Reads the rule book. A rule without citation, or without one of the three kinds of case, is refused."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from yidang.oversight.rules.errors import no_such_rule, rule_refused
from yidang.oversight.rules.parameters import Elsewhere, Parameter
from yidang.oversight.rules.rule import NATIONAL, Case, Citation, Returns, Rule, Status

BOOK = Path(__file__).parents[1] / "rulebook"
CASE_KINDS = ("hit", "miss", "edge")
_FOLDER = re.compile(r"(\d\d)_[a-z0-9_]+")
_CITED = ("law", "article", "violation", "confidence", "source")
Tables = Mapping[str, list[dict[str, Any]]]


@cache
def book() -> tuple[Rule, ...]:
    """All rules, in the order of their numbers."""
    return tuple(load(folder) for folder in sorted(BOOK.iterdir()) if (folder / "rule.toml").exists())


def rules_named(names: Iterable[str]) -> tuple[Rule, ...]:
    """By number, folder or official code."""
    known = {name: rule for rule in book() for name in (rule.id, rule.slug, rule.official_code) if name}
    wanted = list(names)
    for name in wanted:
        if name not in known:
            raise no_such_rule(name)
    return tuple(known[name] for name in wanted)


def load(folder: Path) -> Rule:
    """The rule of one folder: `rule.toml`, `rule.sql`, `cases.toml`."""
    if not _FOLDER.fullmatch(folder.name):
        raise rule_refused(folder.name, "folder is not named NN_slug")
    told = _toml(folder / "rule.toml", folder)
    told_cases = _toml(folder / "cases.toml", folder)
    try:
        return _rule(folder, told, told_cases)
    except (KeyError, TypeError, ValueError) as problem:
        raise rule_refused(folder.name, f"{type(problem).__name__}: {problem}") from problem


def _toml(path: Path, folder: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as problem:
        raise rule_refused(folder.name, f"{path.name}: {problem}") from problem


def _rule(folder: Path, told: dict[str, Any], told_cases: dict[str, Any]) -> Rule:
    return Rule(
        id=folder.name[:2],
        slug=folder.name,
        title=told["title"],
        official_code=told["official_code"],
        official_code_confidence=told["official_code_confidence"],
        version=told["version"],
        status=Status(told["status"]),
        valid_from=told["valid_from"],
        valid_until=told.get("valid_until"),
        returns=Returns(told["returns"]),
        lookback=told.get("lookback", 0),
        lookahead=told.get("lookahead", 0),
        step=told.get("step", ""),
        needs=tuple(told.get("needs", ())),
        national=_national(folder, told),
        citation=_citation(folder, told),
        parameters={name: _parameter(name, said) for name, said in told.get("parameters", {}).items()},
        explanation=told["explanation"],
        exceptions=tuple(told.get("exceptions", ())),
        sql=(folder / "rule.sql").read_text(encoding="utf-8"),
        cases=_cases(folder, told_cases),
        knowledge=told_cases.get("knowledge", {}),
    )


def _national(folder: Path, told: dict[str, Any]) -> dict[str, str]:
    said: dict[str, str] = told.get("national", {})
    missing = [name for name in NATIONAL if not said.get(name)]
    if missing:
        raise rule_refused(folder.name, f"national attributes missing: {'、'.join(missing)}")
    return said


def _citation(folder: Path, told: dict[str, Any]) -> Citation:
    said = told.get("citation", {})
    missing = [name for name in _CITED if not said.get(name)]
    if missing:
        raise rule_refused(folder.name, f"no citation: {', '.join(missing)}")
    return Citation(**{name: said[name] for name in _CITED})


def _parameter(name: str, said: dict[str, Any]) -> Parameter:
    elsewhere = tuple(Elsewhere(**one) for one in said.get("by", ()))
    return Parameter(name, said["value"], said.get("verified", False), elsewhere)


def _cases(folder: Path, told: dict[str, Any]) -> tuple[Case, ...]:
    cases = tuple(_case(one) for one in told.get("case", ()))
    missing = [kind for kind in CASE_KINDS if kind not in {case.kind for case in cases}]
    if missing:
        raise rule_refused(folder.name, f"no case of kind {', '.join(missing)}")
    wrong = [case.says for case in cases if _contradicts(case)]
    if wrong:
        raise rule_refused(folder.name, f"cases that contradict their kind: {'、'.join(wrong)}")
    return cases


def _contradicts(case: Case) -> bool:
    return (case.kind == "hit" and not case.hits) or (case.kind == "miss" and bool(case.hits))


def _case(told: dict[str, Any]) -> Case:
    tables = {name: rows for name, rows in told.items() if name not in {"kind", "says", "hits"}}
    return Case(told["kind"], told["says"], tables, tuple(told["hits"]))
