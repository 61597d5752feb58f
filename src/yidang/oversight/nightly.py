"""The night's duty 事后: every rule over the whole history, and what they doubt recorded for the desk."""

import json
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

from yidang.claims.history import folder as history
from yidang.kernel.clock import CHINA, now
from yidang.oversight.desk.counting import of_rule
from yidang.oversight.desk.rules import probability
from yidang.oversight.desk.standing import send_back_poor, under_review
from yidang.oversight.explaining import explained
from yidang.oversight.findings import Found, FoundLine, Recorded, finish_run, record_findings, start_run
from yidang.oversight.knowledge.laying import lay_down
from yidang.oversight.models import Moment, Run
from yidang.oversight.overtaken import Overtaken
from yidang.oversight.rules.loading import book
from yidang.oversight.rules.rule import Rule, Status

_HOURS = range(1, 6)
_APART = timedelta(hours=20)
# How often a rule is right before anybody has judged it: the national base says which of them are certain.
_CERTAIN, _DOUBTFUL = 0.9, 0.5
_DOUBTS = """
SELECT claim, line, amount_fen, served_day, person, provider, doctor, month, item, quantity, evidence
FROM doubts WHERE rule = '{rule}' ORDER BY claim, line
"""


class Doubt(NamedTuple):
    """A row of the runner's table."""

    claim: int
    line: int | None
    amount_fen: int
    served_day: int
    person: int | None
    provider: str | None
    doctor: str | None
    month: str | None
    item: str | None
    quantity: float | None
    evidence: str | None


def is_due() -> bool:
    """At night, once; at any hour where there is a history that was never looked at."""
    if not any((history() / "lines").rglob("*.parquet")):
        return False
    last = Run.objects.filter(moment=Moment.NIGHTLY).order_by("-number").first()
    if last is None:
        return True
    return now().astimezone(CHINA).hour in _HOURS and now() - last.started_at > _APART


def run_over(folder: Path | None = None) -> Recorded:
    """All rules that run, over the history or another folder of its shape; one rule's doubts in memory at a time."""
    from yidang.oversight.analytics.runner import examined, runnable

    lay_down()
    rules = tuple(runnable(book()))
    send_back_poor(rules)
    back = under_review()
    with examined(folder or history(), rules) as done:
        run = start_run(rules=[(rule.id, rule.version) for rule in rules])
        overtaken = Overtaken(rule.id for rule in rules)
        new = known = 0
        for rule in rules:
            rows = done.duck.rows(_DOUBTS.format(rule=rule.id))
            told = record_findings(run, overtaken.passing(found_by(rule, rows, is_back=rule.id in back)))
            new, known = new + told.new, known + told.known
        if folder is None:  # another folder says nothing of what stands here
            overtaken.settle(run)
        finish_run(run, claims=done.claims, lines=done.lines)
    return Recorded(new, known)


def found_by(rule: Rule, rows: Sequence[tuple[Any, ...]], *, is_back: bool = False) -> Iterator[Found]:
    """One doubt for each claim, with its lines; of a rule back at review they are nobody's work."""
    chance = _chance(rule)
    for _, group in groupby(map(Doubt._make, rows), key=lambda row: row.claim):
        yield _found(rule, list(group), chance, is_shadow=is_back or rule.status is Status.SHADOW)


def _found(rule: Rule, rows: Sequence[Doubt], chance: float, *, is_shadow: bool) -> Found:
    first = rows[0]
    facts = json.loads(first.evidence or "{}")
    return Found(
        rule=rule.id,
        rule_version=rule.version,
        text=explained(rule.explanation, facts),
        facts=facts,
        claim=first.claim,
        person=first.person,
        provider=first.provider or "",
        doctor=first.doctor or "",
        month=first.month or "",
        lines=_lines(rows),
        amount_fen=None if first.line is not None else first.amount_fen,
        probability=chance,
        is_shadow=is_shadow,
    )


def _lines(rows: Sequence[Doubt]) -> list[FoundLine]:
    """Each line once, with the largest of its doubts."""
    kept: dict[int, FoundLine] = {}
    for row in rows:
        if row.line is not None and (row.line not in kept or kept[row.line].amount_fen < row.amount_fen):
            served = _day(row.served_day)
            kept[row.line] = FoundLine(row.line, row.amount_fen, row.item or "", served, row.quantity or 0.0)
    return list(kept.values())


def _day(number: int) -> str:
    """Days of the runner count from 1970-01-01."""
    return (date(1970, 1, 1) + timedelta(days=number)).isoformat() if number else ""


def _chance(rule: Rule) -> float:
    said = of_rule(rule.id)
    return probability(_CERTAIN if rule.is_violation else _DOUBTFUL, said.yes, said.judged)
