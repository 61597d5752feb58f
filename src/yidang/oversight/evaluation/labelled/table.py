"""The labelled table as rows of features, with what is left out and why."""
# ruff: noqa: S608 - names of columns, quoted

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from yidang.oversight.analytics.runner import Progress
from yidang.oversight.evaluation.labelled.columns import (
    DATE,
    FEW,
    NUMBER,
    TEXT,
    Column,
    answers,
    chosen,
    kinds,
    known,
    label_of,
    moment,
    named,
    number,
)
from yidang.oversight.evaluation.labelled.errors import no_features, no_key, time_unknown
from yidang.oversight.evaluation.labelled.found import by_rules, subject_of
from yidang.oversight.evaluation.labelled.gathering import gathered, numbers
from yidang.oversight.evaluation.labelled.reading import Store, literal, quoted
from yidang.oversight.scores.features import Matrix

_SAME = 1e-12


@dataclass(frozen=True, slots=True)
class Asked:
    """What the caller named; blank is left to us."""

    label: str = ""
    key: str = ""
    group: str = ""
    time: str = ""
    peers: str = ""
    baseline: str = ""
    money: str = ""
    at: int = 0
    beside: Sequence[Path] = ()
    over: Path | None = None


@dataclass(frozen=True, slots=True)
class Labelled:
    """`answers` is NaN where a row has no label. `groups`: what no two sides of a split may share."""

    file: str
    label: str
    key: str
    keys: NDArray[Any]
    answers: Matrix
    groups: NDArray[Any]
    times: Matrix | None
    peers: NDArray[Any] | None
    money: Matrix | None
    values: Matrix
    names: Sequence[str]
    ignored: Mapping[str, str]

    @property
    def known(self) -> NDArray[np.bool_]:
        return np.asarray(~np.isnan(self.answers))


def read(store: Store, path: Path, asked: Asked, progress: Progress | None = None) -> Labelled:
    """Raises Invalid `labelled_…` with file, row, column and what to do."""
    headings = store.lay("truth", path)
    label = label_of(path.name, headings, asked.label)
    subject = subject_of([one for one in headings if one != label], asked.over or path.parent)
    key = _key(path.name, headings, asked) if subject is None or asked.key else subject[1]
    said = answers(store, path.name, label)
    roles = {label, key, *(chosen(path.name, headings, one) for one in (asked.group, asked.time, asked.peers) if one)}
    columns = kinds(store, "truth", [one for one in headings if one not in roles])
    found, ignored = _own(store, columns)
    if asked.beside:
        found |= gathered(store, _needed(key, path.name), asked.beside)
    if subject and key == subject[1]:
        found |= by_rules(asked.over or path.parent, subject[0], progress)(_texts(store, key))
    names, dull = _telling(found)
    if not names:
        raise no_features(path.name, key or label)

    def texts(name: str) -> NDArray[Any]:
        return _texts(store, chosen(path.name, headings, name))

    rows = np.arange(2, len(said) + 2).astype(str)  # as the file counts them
    keys = texts(key) if key else rows
    return Labelled(
        file=path.name,
        label=label,
        key=key,
        keys=keys,
        answers=np.array([np.nan if one is None else one for one in said]),
        groups=texts(asked.group) if asked.group else keys,
        times=_times(store, path.name, chosen(path.name, headings, asked.time)) if asked.time else None,
        peers=texts(asked.peers) if asked.peers else None,
        money=_numbers(store, chosen(path.name, headings, asked.money)) if asked.money else None,
        values=np.column_stack([found[name] for name in names]),
        names=names,
        ignored=ignored | dull,
    )


def _key(file: str, headings: Sequence[str], asked: Asked) -> str:
    return chosen(file, headings, asked.key) if asked.key else named(headings, known()["keys"]) or ""


def _needed(key: str, file: str) -> str:
    if not key:
        raise no_key(file)
    return key


def _own(store: Store, columns: Sequence[Column]) -> tuple[dict[str, Matrix], dict[str, str]]:
    """Columns of the table itself: numbers as they are, few values as yes and no."""
    found: dict[str, Matrix] = {}
    ignored: dict[str, str] = {}
    for one in columns:
        if one.kind == NUMBER:
            found[one.name] = _numbers(store, one.name)
        elif one.kind == FEW and one.values:
            for value in one.values[1:] or one.values:  # a single value, or nothing
                said = f"coalesce({quoted(one.name)} = {literal(value)}, false)::INT"
                found[f"[{one.name}={value}]"] = _column(store, said)
        else:
            ignored[one.name] = {DATE: "date", TEXT: "text"}.get(one.kind, "empty")
    return found, ignored


def _telling(found: Mapping[str, Matrix]) -> tuple[list[str], dict[str, str]]:
    names = [name for name, column in found.items() if _differs(column[~np.isnan(column)])]
    return names, dict.fromkeys((name for name in found if name not in names), "constant")


def _differs(filled: Matrix) -> bool:
    return len(filled) > 0 and float(filled.max() - filled.min()) > _SAME


def _numbers(store: Store, name: str) -> Matrix:
    return _column(store, f"TRY_CAST({number(name)} AS DOUBLE)")


def _times(store: Store, file: str, name: str) -> Matrix:
    """Days, or the number itself where it is a year. Raises Invalid `labelled_time_unknown`."""
    days = _column(store, f"epoch({moment(name)}) / 86400")
    if np.isnan(days).all():
        days = _numbers(store, name)
    if np.isnan(days).any():
        raise time_unknown(file, name)
    return days


def _column(store: Store, sql: str) -> Matrix:
    return numbers(
        store.db.execute(f"SELECT CAST({sql} AS DOUBLE) AS one FROM truth ORDER BY _row").fetchnumpy()["one"]
    )


def _texts(store: Store, name: str) -> NDArray[Any]:
    rows = store.db.execute(f"SELECT coalesce({quoted(name)}, '') FROM truth ORDER BY _row").fetchall()
    return np.array([row[0] for row in rows], dtype=str)
