"""The groups a test file expects beside those that were found."""

from collections import Counter
from typing import Any

from yidang.claims.drg.rules import UNGROUPED, Grouped

_SHOWN = 20
_AMBIGUOUS = "QY"


class Compared:
    """Counts as the rows go by; the first that differ are kept with their place in the file."""

    def __init__(self) -> None:
        self.rows = self.same = self.same_adrg = 0
        self.differing: list[dict[str, Any]] = []

    def take(self, row: int, expected: str, found: Grouped) -> None:
        if not expected:
            return
        self.rows += 1
        is_same = found.drg == expected or (expected == _AMBIGUOUS and found.drg.endswith(_AMBIGUOUS))
        self.same += is_same
        self.same_adrg += is_same or (found.drg != UNGROUPED and found.drg[:3] == expected[:3])
        if not is_same and len(self.differing) < _SHOWN:
            self.differing.append({"row": row, "expected": expected, "drg": found.drg, "status": found.status})

    def told(self) -> dict[str, Any]:
        return {"rows": self.rows, "same": self.same, "same_adrg": self.same_adrg, "differing": self.differing}


class Unknown:
    """Main diagnoses no table knows, by how often: most often the tables are of another version of the codes."""

    def __init__(self) -> None:
        self._codes: Counter[str] = Counter()

    def take(self, code: str) -> None:
        self._codes[code] += 1

    def told(self) -> dict[str, int]:
        return dict(self._codes.most_common(_SHOWN))
