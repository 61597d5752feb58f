"""What keeps a model from being read or heard."""

from collections.abc import Sequence

from yidang.kernel.errors import Conflict, NotFound
from yidang.oversight.scores.gate import ENOUGH_JUDGED, Fall


def no_such_model() -> NotFound:
    return NotFound("model_not_found")


def model_body_changed() -> Conflict:
    return Conflict("model_body_changed")


def not_on_trial(code: str) -> Conflict:
    return Conflict("model_not_on_trial", model=code)


def promotion_awaited(code: str) -> Conflict:
    return Conflict("model_promotion_awaited", model=code)


def not_measured(code: str) -> Conflict:
    return Conflict("model_not_measured", model=code, least=ENOUGH_JUDGED)


def falls_behind(code: str, found: Sequence[Fall]) -> Conflict:
    return Conflict("model_falls_behind", model=code, falls="; ".join(map(_worded, found)))


def _worded(fall: Fall) -> str:
    """AP@3 0.500→0.400: of institutions of the third level."""
    return f"{fall.measure.upper()}{'@' + fall.group if fall.group else ''} {fall.before:.3f}→{fall.after:.3f}"
