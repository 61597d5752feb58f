"""Named steps: tables some rules read that no plain view of a month gives (a graph, a grouper, norms of a year)."""

from collections.abc import Callable
from typing import Any

from yidang.oversight.analytics.steps.companions import companions
from yidang.oversight.analytics.steps.norms import norms
from yidang.oversight.analytics.steps.panels import panels
from yidang.oversight.analytics.steps.regrouping import regrouping
from yidang.oversight.analytics.steps.repeated import repeated

STEPS: dict[str, Callable[[Any], None]] = {
    "norms": norms,
    "companions": companions,
    "panels": panels,
    "regrouping": regrouping,
    "repeated": repeated,
}
