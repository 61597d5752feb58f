"""Values made coarser: dates moved, ages and places widened, small counts withheld. Pure."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from yidang.crypto.sm import KeyedSm3

WITHHELD = "<{least}"
_WIDEST_SHIFT = 365  # days
_OLD = 90  # from here on an age alone may name a person; one group holds them all


class Shift:
    """Moves all dates of one person by the same number of days, so that the time between them stays true."""

    def __init__(self, key: bytes) -> None:
        self._keyed = KeyedSm3(key)

    def days(self, person: str) -> int:
        """From -365 to 365 without 0: a date is never left as it was."""
        number = int.from_bytes(self._keyed.digest(person.encode())[:8], "big") % (2 * _WIDEST_SHIFT)
        return number - _WIDEST_SHIFT if number < _WIDEST_SHIFT else number - _WIDEST_SHIFT + 1

    def moved(self, day: date, person: str) -> date:
        return day + timedelta(days=self.days(person))


def age_group(age: int, width: int = 5) -> str:
    """`40-44`; from 90 on `90+`."""
    if age >= _OLD:
        return f"{_OLD}+"
    low = age // width * width
    return f"{low}-{min(low + width, _OLD) - 1}"


def widened_region(code: str, digits: int = 4) -> str:
    """A region code of GB/T 2260 cut to its city (4) or province (2): `330106` → `330100`."""
    return code[:digits].ljust(len(code), "0")


def widened_icd(code: str) -> str:
    """An ICD-10 code cut to its category of three signs: `E11.901` → `E11`."""
    return code[:3]


def suppressed(table: Mapping[tuple[str, ...], int], *, least: int) -> dict[tuple[str, ...], int | None]:
    """Counts by cell, those from 1 to `least` - 1 withheld: None.

    In every line with one withheld cell alone a second one is withheld, so that no total betrays it. Cells of one row
    or column share all parts of their key but one.
    """
    shown: dict[tuple[str, ...], int | None] = {
        cell: None if 0 < count < least else count for cell, count in table.items()
    }
    while lonely := _lonely(shown):
        shown[min(lonely, key=lambda cell: (table[cell], cell))] = None
    return shown


def _lonely(shown: Mapping[tuple[str, ...], int | None]) -> Sequence[tuple[str, ...]]:
    """The cells that could be withheld beside a single withheld one of their line; the first such line's."""
    lines: dict[tuple[int, tuple[str, ...]], list[tuple[str, ...]]] = defaultdict(list)
    for cell in shown:
        for axis in range(len(cell)):
            lines[axis, cell[:axis] + cell[axis + 1 :]].append(cell)
    for cells in lines.values():
        open_cells = [cell for cell in cells if shown[cell]]
        if len(cells) > 1 and sum(shown[cell] is None for cell in cells) == 1 and open_cells:
            return open_cells
    return []
