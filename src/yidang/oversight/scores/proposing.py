"""From scores to doubts on the desk: the highest of a month, and a few by lot so that the weights of verdicts are true.

A doubt of a model is a proposal with its reasons; a person decides.
"""

import secrets
from collections.abc import Iterator, Sequence
from math import ceil
from typing import Any

import numpy as np

from yidang.oversight.desk.models import Finding
from yidang.oversight.findings import RANDOM_SHARE, Found
from yidang.oversight.scores.levels import Level
from yidang.oversight.scores.models import ModelState, ScoreModel
from yidang.oversight.scores.rating import Rated, Row
from yidang.oversight.scores.reasons import Reason, by_lot_sentence, sentence

_OF = 10  # no more than one row in so many: a month that has just begun is not doubted as a whole
_CHANCE = secrets.SystemRandom()


def proposals(model: ScoreModel, rated: Rated) -> Iterator[Found]:
    """As many as the level still takes of this month; those by lot are drawn once, among all that are not proposed."""
    known = Finding.objects.filter(rule=model.code, month=rated.table.month)
    level = rated.table.level
    most = min(level.propose, max(len(rated.table) // _OF, 1))
    chosen = rated.first(most)
    is_drawn = known.filter(entry_chance__lt=1.0).exists()
    room = most - known.filter(entry_chance=1.0).count()
    fresh = chosen if room >= len(chosen) else _fresh(rated, chosen, known)[:room]
    yield from (_found(model, rated, row) for row in rated.rows(fresh) if row.reasons)
    if model.state == ModelState.ACTIVE and not is_drawn:
        yield from _by_lot(model, rated, chosen)


def _fresh(rated: Rated, chosen: Sequence[int], known: Any) -> list[int]:
    """Those of the highest that are not on the desk: a doubt seen before takes no room twice."""
    column = rated.table.level.finding
    there = {str(one) for one in known.values_list(column, flat=True)}
    return [at for at in chosen if str(rated.table.about["subject"][at]) not in there]


def _by_lot(model: ScoreModel, rated: Rated, chosen: Sequence[int]) -> Iterator[Found]:
    """One for ten of the model's, at least one, each of the others with the same chance."""
    others = sorted(set(range(len(rated.table))) - set(chosen))
    count = ceil(len(chosen) * RANDOM_SHARE)
    if count < len(others):
        drawn = _CHANCE.sample(others, count)
        chance = count / len(others)
        yield from (_found(model, rated, row, entry_chance=chance) for row in rated.rows(drawn))


def _found(model: ScoreModel, rated: Rated, row: Row, entry_chance: float = 1.0) -> Found:
    table, about = rated.table, rated.table.about
    is_lot = entry_chance < 1.0
    text = by_lot_sentence(table.level, table.month) if is_lot else worded(table.level, row)
    return Found(
        rule=model.code,
        rule_version=model.kind,
        text=text,
        facts=facts_of(model, rated, row),
        level=table.level.finding,
        claim=value(about["claim"], row.at),
        person=value(about["person"], row.at),
        provider=value(about["provider"], row.at) or "",
        doctor=value(about["doctor"], row.at) or "",
        month=table.month,
        amount_fen=excess_fen(rated, row.at),
        probability=row.chance,
        is_model=True,
        is_shadow=model.state == ModelState.SHADOW,
        entry_chance=entry_chance,
    )


def facts_of(model: ScoreModel, rated: Rated, row: Row) -> dict[str, Any]:
    """What the page of the doubt shows, sealed with it."""
    return {
        "level": rated.table.level.name,
        "kind": model.kind,
        "score": round(row.score, 4),
        "chance": row.chance,
        "place": row.place,
        "of": len(rated.table),
        "peers": row.peers,
        "ring": row.ring,
        "reasons": [_told(one) for one in row.reasons],
        "baseline": _told(row.baseline),
    }


def worded(level: Level, row: Row) -> str:
    return sentence(
        level, row.reasons, row.baseline, peers=row.peers, ring=row.ring, is_calibrated=row.chance is not None
    )


def _told(reason: Reason) -> dict[str, Any]:
    return reason._asdict()


def excess_fen(rated: Rated, at: int) -> int:
    """What the fund paid beyond the median of the peers: what may come back at most, not what was lost."""
    fund = rated.table.about["fund_fen"]
    peers = rated.standing.members[rated.standing.groups[at]]
    return max(int(fund[at]) - int(np.median(fund[peers])), 0)


def value(column: Any, at: int) -> Any:
    """A cell as Python knows it; NULL is none."""
    cell = column[at]
    if cell is np.ma.masked or cell is None:
        return None
    return cell.item() if isinstance(cell, np.generic) else cell
