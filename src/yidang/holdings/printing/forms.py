"""The forms as `data/sheets.toml` has them, in one of the two languages."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

Language = Literal["zh", "en"]


@dataclass(frozen=True, slots=True)
class Column:
    key: str
    label: str
    width: float
    align: str = "left"


@dataclass(frozen=True, slots=True)
class Form:
    """`columns` is empty where the form is no table."""

    code: str
    title: str
    source: str
    is_landscape: bool
    columns: tuple[Column, ...]


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(files("yidang.holdings").joinpath("data/sheets.toml").read_text(encoding="utf-8"))


def form(code: str, language: Language) -> Form:
    row = _data()[code]
    columns = (
        Column(one["key"], one[language], one["width"], one.get("align", "left")) for one in row.get("columns", ())
    )
    return Form(code, row[f"title_{language}"], row["source"], row["paper"] == "landscape", tuple(columns))


def spine_widths() -> list[int]:
    return list(_data()["spine"]["widths"])


def spine_height() -> int:
    return int(_data()["spine"]["height"])


def stamp_size() -> tuple[float, float]:
    """Millimetres, across and down."""
    return _data()["stamp"]["width"], _data()["stamp"]["height"]
