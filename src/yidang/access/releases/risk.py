"""How easily a row could be led back to a person: k, l, t and uniqueness, before a data set leaves. Pure.

k-anonymity: Samarati and Sweeney 1998; l-diversity: Machanavajjhala 2006; the terms of GB/T 37964-2019 附录.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

Row = Mapping[str, str]


@dataclass(frozen=True)
class Risk:
    """Of a data set whose rows fall into groups alike in what others may know.

    k: rows of the smallest group. l: fewest different sensitive values in a group. unique: share of rows alone in
    their group. prosecutor, average: highest and mean chance of finding a person known to be in the data. below: rows
    in groups that are too small. telling: columns, alone or in pairs, with the number of rows they single out.
    """

    rows: int
    groups: int
    k: int
    l: int  # noqa: E741 - the field's own name for it
    unique: float
    prosecutor: float
    average: float
    below: int
    telling: Sequence[tuple[tuple[str, ...], int]]

    def holds(self, *, k: int, l: int) -> bool:  # noqa: E741 - see above
        return self.rows == 0 or (self.k >= k and self.l >= l)


def assess(rows: Sequence[Row], *, knowable: Sequence[str], sensitive: Sequence[str] = (), least: int = 5) -> Risk:
    """`knowable`: the columns a stranger may know of a person; groups smaller than `least` are too small."""
    sizes: Counter[tuple[str, ...]] = Counter()
    values: dict[tuple[str, ...], dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for row in rows:
        group = tuple(row.get(name, "") for name in knowable)
        sizes[group] += 1
        for name in sensitive:
            values[group][name].add(row.get(name, ""))
    k = min(sizes.values(), default=0)
    diversity = min((len(found) for group in values.values() for found in group.values()), default=len(rows))
    total = max(len(rows), 1)
    return Risk(
        rows=len(rows),
        groups=len(sizes),
        k=k,
        l=diversity,
        unique=sum(1 for size in sizes.values() if size == 1) / total,
        prosecutor=1 / k if k else 0.0,
        average=len(sizes) / total,
        below=sum(size for size in sizes.values() if size < least),
        telling=_telling(rows, knowable),
    )


def withheld(rows: Sequence[Row], *, knowable: Sequence[str], least: int) -> tuple[list[Row], int]:
    """The rows of groups of at least `least`, and how many were left out."""
    sizes = Counter(tuple(row.get(name, "") for name in knowable) for row in rows)
    kept = [row for row in rows if sizes[tuple(row.get(name, "") for name in knowable)] >= least]
    return kept, len(rows) - len(kept)


def _telling(rows: Sequence[Row], knowable: Sequence[str], most: int = 8) -> list[tuple[tuple[str, ...], int]]:
    """Columns and pairs of columns, those that single out most rows first."""
    found = []
    for columns in [*((name,) for name in knowable), *combinations(knowable, 2)]:
        sizes = Counter(tuple(row.get(name, "") for name in columns) for row in rows)
        found.append((columns, sum(1 for size in sizes.values() if size == 1)))
    return sorted((one for one in found if one[1]), key=lambda one: (-one[1], len(one[0]), one[0]))[:most]
