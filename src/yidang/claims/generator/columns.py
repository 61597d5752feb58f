"""Claims and lines as columns of whole numbers; texts stand in a pool and are put in when the files are written."""

from dataclasses import dataclass, field, fields
from typing import Any, Self

import numpy as np


class Pool:
    """Texts by number, each once."""

    def __init__(self) -> None:
        self.texts: list[str] = [""]
        self._numbers: dict[str, int] = {"": 0}

    def __getitem__(self, text: str) -> int:
        if text not in self._numbers:
            self._numbers[text] = len(self.texts)
            self.texts.append(text)
        return self._numbers[text]


class _Columns:
    """One position of every array per row."""

    @classmethod
    def of(cls, rows: list[dict[str, Any]], **more: Any) -> Self:
        names = [one.name for one in fields(cls)]  # type: ignore[arg-type]
        return cls(**{name: np.array([row[name] for row in rows], **more) for name in names})

    @classmethod
    def join(cls, parts: list[Self]) -> Self:
        names = [one.name for one in fields(cls)]  # type: ignore[arg-type]
        return cls(**{name: np.concatenate([getattr(part, name) for part in parts]) for name in names})

    def take(self, at: Any) -> Self:
        return type(self)(**{one.name: getattr(self, one.name)[at] for one in fields(self)})  # type: ignore[arg-type]


@dataclass
class Claims(_Columns):
    """Times in minutes since the first day; `dx`, `drg` in the pool; `scheme` of this settlement."""

    person: Any
    provider: Any
    visit: Any
    admitted: Any
    discharged: Any
    settled: Any
    department: Any
    doctor: Any
    scheme: Any
    dx: Any
    drg: Any
    way: Any
    reversed: Any
    course: Any  # -1: a chronic refill or planted
    calm: Any

    def __len__(self) -> int:
        return len(self.person)

    def days(self) -> Any:
        """Days of the stay as charged: midnights passed, at least one."""
        return np.maximum(self.discharged // 1440 - self.admitted // 1440, 1)


@dataclass
class Lines(_Columns):
    """`claim` is a position in the claims; price in fen; `trace` a serial number, negative none.

    `box` is the item whose product the trace code names; `prescription` 0 is none.
    """

    claim: Any
    minute: Any
    item: Any
    quantity: Any
    price: Any
    days: Any
    dose: Any
    doctor: Any
    department: Any
    trace: Any
    box: Any
    split: Any
    prescription: Any

    def __len__(self) -> int:
        return len(self.claim)


@dataclass
class Extracts:
    """Small tables gathered row by row, named as they will be written."""

    rows: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    def add(self, table: str, **row: Any) -> None:
        self.rows.setdefault(table, []).append(row)
