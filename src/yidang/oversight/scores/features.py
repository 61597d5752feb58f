"""The features of one month, computed over the analytics tables. Nothing later than the month enters them."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from yidang.oversight.analytics import duck as duckdb_engine
from yidang.oversight.analytics.duck import Duck
from yidang.oversight.analytics.runner import shifted
from yidang.oversight.analytics.schema import View, lists, views
from yidang.oversight.rules.errors import no_such_folder
from yidang.oversight.scores.levels import Level, pairs_sql

if TYPE_CHECKING:
    from collections.abc import Sequence

LOOKBACK = 2  # months before the one that is scored
SUPPORT, LIFT = 3, 3.0
MEMORY = "900MB"
_ABOUT = ("subject", "claim", "person", "provider", "doctor", "fund_fen", "house_level", "peer", "wider", "widest")
RINGS = ("peer", "wider", "widest")
_VIEWS = ("stay", "bill", "past_stay", "past")
Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of one level in one month. `values`: rows by features, a missing one is NaN. `about`: who a row is."""

    level: Level
    month: str
    values: Matrix
    about: Mapping[str, NDArray[Any]]

    def __len__(self) -> int:
        return len(self.values)

    def column(self, feature: str) -> Matrix:
        found: Matrix = self.values[:, self.level.columns.index(feature)]
        return found


@contextmanager
def folder_opened(folder: Path) -> Iterator[Duck]:
    """Raises NotFound `claims_folder_missing` where the folder holds no lines."""
    from yidang.oversight.knowledge.current import base

    if not duckdb_engine.files_of(folder, "lines"):
        raise no_such_folder(str(folder))
    with duckdb_engine.opened(folder, memory=MEMORY) as duck:
        duckdb_engine.attach(duck, folder, base())
        for view in _named(lists(), ("items",)):
            duck.lay(view)
        yield duck


def months_of(duck: Duck) -> "Sequence[str]":
    return [row[0] for row in duck.rows("SELECT DISTINCT month FROM raw_settlements ORDER BY month")]


def lay_month(duck: Duck, folder: Path, month: str) -> None:
    """The month and the ones before it; who came together in them."""
    duckdb_engine.reach(duck, "near", folder, (month, month))
    duckdb_engine.reach(duck, "far", folder, (shifted(month, -LOOKBACK), month))
    for view in _named(views(), _VIEWS):
        duck.lay(view)
    duck.keep("pairs", pairs_sql(SUPPORT, LIFT))


def table_of(duck: Duck, level: Level, month: str) -> Table:
    """After `lay_month`."""
    found = duck.columns(level.sql)
    values = np.column_stack([_numbers(found[name]) for name in level.columns])
    return Table(level, month, values, {name: found[name] for name in _ABOUT})


def _named(known: tuple[View, ...], names: tuple[str, ...]) -> list[View]:
    return [view for view in known if view.name in names]


def _numbers(column: Any) -> Matrix:
    return np.asarray(np.ma.filled(np.ma.asarray(column, dtype=np.float64), np.nan))
