"""The rows of DA/T 70-2018 and DA/T 31-2017 as this package has them, and the measures of its own checks."""

import csv
import io
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from django.utils.translation import get_language

Stage = Literal["filing", "transfer", "keeping"]
Mode = Literal["auto", "manual", "mixed", ""]
STAGES: tuple[Stage, ...] = ("filing", "transfer", "keeping")
# Safety first: what carries a virus is not opened to see whether it is whole.
NATURES = ("safety", "integrity", "authenticity", "usability", "digitisation", "keeping")
VERSION = "2026-11"


@dataclass(frozen=True, slots=True)
class Row:
    """One check of the standard. `filing`, `transfer`, `keeping`: how it is done at that stage; blank: not there."""

    code: str
    nature: str
    item_zh: str
    item_en: str
    object: str
    method: str
    filing: Mode
    transfer: Mode
    keeping: Mode
    is_mandatory: bool
    confidence: str
    source: str
    verified: bool
    basis: str

    def mode(self, stage: Stage) -> Mode:
        found: Mode = getattr(self, stage)
        return found

    @property
    def named(self) -> str:
        return self.item_en if (get_language() or "").startswith("en") else self.item_zh

    @property
    def is_worded(self) -> bool:
        """What the standard asks here is known at all."""
        return self.confidence != "GAP"


@cache
def rows() -> Mapping[str, Row]:
    """By code, in the order in which they are done."""
    text = files("yidang.checks").joinpath("data/four_natures.csv").read_text(encoding="utf-8")
    found = [_row(line) for line in csv.DictReader(io.StringIO(text))]
    return {row.code: row for row in sorted(found, key=lambda row: NATURES.index(row.nature))}


def _row(line: Mapping[str, Any]) -> Row:
    flags = {name: line[name] == "yes" for name in ("is_mandatory", "verified")}
    return Row(**{**line, **flags})


@cache
def limits() -> Mapping[str, Any]:
    return tomllib.loads(files("yidang.checks").joinpath("data/limits.toml").read_text(encoding="utf-8"))
