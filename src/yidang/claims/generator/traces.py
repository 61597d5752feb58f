"""Trace codes: one box, one code; what is dispensed by the piece in a stay shares the code of its box."""

from typing import Any

import numpy as np

from yidang.claims.generator.catalogue import Catalogue
from yidang.claims.generator.columns import Claims, Lines
from yidang.claims.generator.courses import INPATIENT

_SPAN = 10**9  # serial numbers of one series


def give_traces(claims: Claims, lines: Lines, items: Catalogue, series: int) -> None:
    """A serial number for every line of a drug that has codes; planted ones keep theirs."""
    wants = np.flatnonzero(items.has_trace[lines.item] & (lines.trace == -1))
    stays = claims.visit[lines.claim[wants]] == INPATIENT
    box = np.where(stays, lines.claim[wants] * 1000 + lines.item[wants], -1 - wants)
    _, number = np.unique(box, return_inverse=True)
    lines.trace[wants] = series * _SPAN + number
    lines.split[wants] = stays


def prefix_of(item: Any) -> Any:
    """The seven digits that name the product of an item."""
    return 8100000 + np.asarray(item) * 7


def product_of(item: int) -> str:
    """A 13-digit product code with its check digit; 699: made up here."""
    body = f"6999{item + 1:08d}"
    total = sum(int(digit) * (3 if at % 2 else 1) for at, digit in enumerate(body))
    return f"{body}{(10 - total % 10) % 10}"
