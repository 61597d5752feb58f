"""Lines that fit: Chinese breaks anywhere but before a closing sign, codes at their own signs."""

import re
from collections.abc import Iterator

from reportlab.pdfbase.pdfmetrics import stringWidth

from yidang.ledger.statements.paper.drawing import FONT, NEVER_FIRST, wrapped

_BREAKS = "-·/"
_LAST = re.compile(r"([0-9]{1,6}|.)$")


def lines_of(text: str, size: float, width: float) -> list[str]:
    """At least one, if empty; none is wider than `width` but a single character."""
    lines = [part for line in wrapped(text, size, width) for part in _cut(line, size, width)]
    return _settled(lines) or [""]


def _cut(line: str, size: float, width: float) -> Iterator[str]:
    while len(line) > 1 and stringWidth(line, FONT, size) > width:
        fitting = next(n for n in range(len(line) - 1, 0, -1) if n == 1 or stringWidth(line[:n], FONT, size) <= width)
        at = max(line.rfind(sign, 1, fitting) for sign in _BREAKS) + 1 or fitting
        yield line[:at]
        line = line[at:]
    yield line


def _settled(lines: list[str]) -> list[str]:
    """A line that would begin with a closing sign takes the last character, or number, of the one before."""
    for place in range(len(lines) - 1):
        last = _LAST.search(lines[place])
        if last and lines[place + 1][:1] in NEVER_FIRST and last.start():
            lines[place], lines[place + 1] = lines[place][: last.start()], last[0] + lines[place + 1]
    return lines
