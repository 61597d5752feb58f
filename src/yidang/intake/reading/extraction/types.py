"""What each type of document holds: data, not code."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True)
class TypeSpec:
    zh: str
    en: str
    fields: tuple[str, ...]
    subject: str
    headings: re.Pattern[str]


@cache
def type_specs() -> Mapping[str, TypeSpec]:
    source = files("yidang.intake.reading") / "data" / "types.toml"
    table = tomllib.loads(source.read_text(encoding="utf-8"))["types"]
    return {
        name: TypeSpec(
            zh=row["zh"],
            en=row["en"],
            fields=tuple(row["fields"]),
            subject=row["subject"],
            headings=re.compile(rf"(?:{row['headings']})"),
        )
        for name, row in table.items()
    }
