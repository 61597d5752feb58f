"""The forms official tables come in: `data/knowledge.toml`, and the types of the analytics tables."""

import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from yidang.kernel.errors import Invalid
from yidang.oversight.analytics.schema import tables


@dataclass(frozen=True, slots=True)
class Form:
    """`columns`: name → type; `headings`: what a column may be called → its name; `kinds` the same for kinds."""

    table: str
    key: tuple[str, ...]
    needed: frozenset[str]
    spared: Mapping[str, Sequence[str]]  # what rows of a kind need not say
    columns: Mapping[str, str]
    headings: Mapping[str, str]
    kinds: Mapping[str, str]
    parts: Sequence[tuple[str, str]]  # each kind of rows with what it is called

    def needed_of(self, kind: str) -> frozenset[str]:
        return self.needed - set(self.spared.get(kind, ()))

    def heading(self, column: str) -> str:
        """What official tables call the column."""
        return next((called for called, name in self.headings.items() if name == column), column)

    def in_words(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """The row with its kind as it is called."""
        return {**row, "kind": dict(self.parts).get(row["kind"], row["kind"])} if "kind" in row else dict(row)


@cache
def forms() -> dict[str, Form]:
    text = (files("yidang.oversight") / "data" / "knowledge.toml").read_text(encoding="utf-8")
    return {table: _form(table, told) for table, told in tomllib.loads(text).items()}


def form_of(kind: str) -> tuple[Form, str]:
    """The form of a table (`limits`), or of one kind of its rows (`limits:sex`, `sex`, 限性别) with that kind.

    Raises:
        Invalid: `knowledge_kind_unknown`.
    """
    table, _, inner = kind.strip().partition(":")
    if table in forms() and not inner:
        return forms()[table], ""
    asked = inner or table
    for form in [forms()[table]] if inner and table in forms() else forms().values():
        if asked in form.kinds:
            return form, form.kinds[asked]
    raise Invalid("knowledge_kind_unknown", kind=kind[:40])


def _form(table: str, told: dict[str, Mapping[str, Sequence[str]]]) -> Form:
    columns = tables()[table]
    return Form(
        table=table,
        key=tuple(told["key"]),
        needed=frozenset(told["needed"]),
        spared=dict(told.get("spared", {})),
        columns=columns,
        headings=_turned(told["headings"]) | {name: name for name in columns},
        kinds=_turned(told.get("kinds", {})) | {name: name for name in told.get("kinds", {})},
        parts=[(name, called[0]) for name, called in told.get("kinds", {}).items()],
    )


def _turned(told: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Also as sheets are read: with plain brackets and digits."""
    turned = {called: name for name, callings in told.items() for called in callings}
    return turned | {unicodedata.normalize("NFKC", called): name for called, name in turned.items()}
