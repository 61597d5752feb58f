"""Why a score is high, in words: feature, value, peers' median, percentile, what it brings to the score."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from yidang.oversight.scores.levels import Level

_IN_TEXT = 3


class Reason(NamedTuple):
    """`percentile`: share of the peers with as much or less, 0 to 1. `contribution` in the units of the score."""

    feature: str
    value: float | None
    median: float
    percentile: float
    contribution: float


class Told(NamedTuple):
    """A reason in the reader's language."""

    name: str
    value: float | None
    median: float
    percentile: float
    contribution: float


def told(level: Level, reasons: Sequence[Mapping[str, Any]], language: str) -> list[Told]:
    """From a doubt's facts."""
    return [Told(level.named(one["feature"], language), *(one[name] for name in Reason._fields[1:])) for one in reasons]


def sentence(
    level: Level, reasons: Sequence[Reason], baseline: Reason, *, peers: int, ring: int, is_calibrated: bool
) -> str:
    """In Chinese, as doubts are worded."""
    why = "，".join(_clause(level, one) for one in reasons[:_IN_TEXT])
    grounds = f"{level.title('zh')}与{level.peers_named(ring, 'zh')}的{peers}例相比偏离：{why or '各项均不突出'}。"
    column = (
        f"单列基准“{level.named(baseline.feature, 'zh')}”为{_number(baseline.value)}，位于同类{_percent(baseline)}。"
    )
    return grounds + column + ("" if is_calibrated else "概率未校准。") + "模型评分仅为疑点线索，不作认定。"


def by_lot_sentence(level: Level, month: str) -> str:
    return f"随机抽查：{level.title('zh')}（{month}）由抽签选出，与评分高低无关，用以检验模型所未怀疑者。"


def _clause(level: Level, one: Reason) -> str:
    return f"{level.named(one.feature, 'zh')}{_number(one.value)}（同类中位数{_number(one.median)}，{_percent(one)}）"


def _percent(one: Reason) -> str:
    return f"第{one.percentile * 100:.1f}百分位"


def _number(value: float | None) -> str:
    return "缺" if value is None else f"{value:,.2f}".rstrip("0").rstrip(".")
