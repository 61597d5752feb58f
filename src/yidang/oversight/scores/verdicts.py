"""What persons said, by level and month: the answers a model learns from and is measured by, with their weights."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from yidang.oversight.desk.models import Finding, FindingState
from yidang.oversight.scores.levels import Level
from yidang.oversight.scores.selection import Drawn, weights

_YES = (FindingState.CONFIRMED, FindingState.UPHELD)
_NO = (FindingState.REFUSED, FindingState.CLEARED)
_SUBJECT = {"claim": "claim", "doctor": "doctor", "person": "person", "provider": "provider"}


class Answer(NamedTuple):
    subject: str
    confirmed: bool
    weight: float


def answers_of(level: Level, months: Iterable[str]) -> dict[str, list[Answer]]:
    """Month → its judged subjects. One is confirmed where any doubt that names it was."""
    return {month: _answers(level, month) for month in months}


def judged_count(level: Level, months: Sequence[str]) -> int:
    return sum(len(answers) for answers in answers_of(level, months).values())


def _answers(level: Level, month: str) -> list[Answer]:
    doubts = _doubts(level, month)
    weighed = weights([_drawn(one, level) for one in doubts])
    confirmed: dict[str, bool] = defaultdict(bool)
    for one in doubts:
        if one["state"] in _YES:
            confirmed[_subject(one, level)] = True
    return [Answer(subject, confirmed[subject], weight) for subject, weight in sorted(weighed.items())]


def _doubts(level: Level, month: str) -> list[dict[str, Any]]:
    """All that reached the desk, judged or not: the shares judged are counted over them."""
    column = _SUBJECT[level.finding]
    rows = Finding.objects.filter(month=month).exclude(state=FindingState.SHADOW)
    rows = rows.exclude(**{column: ""} if column in {"doctor", "provider"} else {f"{column}__isnull": True})
    named = (column, "entry_chance", "lot_chance", "expected_fen", "random_pick", "state")
    return list(rows.order_by("number").values(*named))


def _drawn(one: dict[str, Any], level: Level) -> Drawn:
    return Drawn(
        subject=_subject(one, level),
        entry=one["entry_chance"],
        lot=one["lot_chance"],
        expected=one["expected_fen"],
        is_lot=one["random_pick"],
        is_judged=one["state"] in (*_YES, *_NO),
    )


def _subject(one: dict[str, Any], level: Level) -> str:
    return str(one[_SUBJECT[level.finding]])
