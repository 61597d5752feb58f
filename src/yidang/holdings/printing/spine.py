"""Spine labels of volumes and boxes: DA/T 22 has boxes 20, 30, 40 and 50 mm wide."""

from collections.abc import Sequence
from dataclasses import dataclass

from yidang.holdings.printing.forms import Form, spine_widths
from yidang.kernel.errors import Invalid


@dataclass(frozen=True)
class Label:
    """`title` runs down the spine; `lines` are label and value; `code` is written small at the foot."""

    form: Form
    title: str
    lines: Sequence[tuple[str, str]]
    code: str = ""


def checked_width(given: str) -> int:
    """Raises Invalid `sheet_width_wrong`."""
    if not given.isdecimal() or given not in map(str, spine_widths()):
        raise Invalid("sheet_width_wrong")
    return int(given)
