"""What a GiB costs a month, by tier: rows of data that the bureau fills in from its contracts."""

import csv
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files

HOT, COLD = "hot", "cold"
_GIB = 1024**3


@dataclass(frozen=True)
class Price:
    tier: str
    yuan: Decimal
    source: str
    is_certain: bool


@cache
def prices() -> dict[str, Price]:
    text = files("yidang.preservation.tiers").joinpath("data/prices.csv").read_text(encoding="utf-8")
    return {row["tier"]: _price(row) for row in csv.DictReader(text.splitlines())}


def _price(row: dict[str, str]) -> Price:
    certain = row["confidence"] in {"F", "L", "V"}
    return Price(row["tier"], Decimal(row["yuan_per_gib_month"]), row["source"], certain)


def saved_a_month(cold_bytes: int) -> Decimal:
    """Yuan a month that these bytes cost less than if they stood hot."""
    difference = prices()[HOT].yuan - prices()[COLD].yuan
    return (difference * cold_bytes / _GIB).quantize(Decimal("0.01"))
