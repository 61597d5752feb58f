"""Which field a printed label stands for: data, not code."""

import re
import tomllib
import unicodedata
from functools import cache
from importlib.resources import files

OTHER = "other"


@cache
def _table() -> dict[str, list[str]]:
    source = files("yidang.intake.reading") / "data" / "labels.toml"
    table: dict[str, list[str]] = tomllib.loads(source.read_text(encoding="utf-8"))["labels"]
    return {field: [unicodedata.normalize("NFKC", label) for label in labels] for field, labels in table.items()}


@cache
def fields_by_label() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for field, labels in _table().items():
        for label in labels:
            found.setdefault(label, []).append(field)
    return {label: tuple(fields) for label, fields in found.items()}


def labels_of(label: str) -> tuple[str, ...]:
    """The fields a label may stand for; `other` for one we do not keep."""
    return fields_by_label().get(label, ())


@cache
def label_heads() -> frozenset[str]:
    """Whatever a label may begin with, whole labels included."""
    return frozenset(label[:end] for label in fields_by_label() for end in range(1, len(label) + 1))


def label_pattern() -> re.Pattern[str]:
    """Any known label with its colon, if any; longest first. Latin labels are found in any case."""
    labels = sorted(fields_by_label(), key=len, reverse=True)
    # Most characters begin no label; without this the alternatives are gone through at each of them.
    firsts = "".join(sorted({re.escape(label[0]) for label in labels}))
    return re.compile(rf"(?=[{firsts}])(?P<label>{'|'.join(map(re.escape, labels))})(?P<colon>[:;]?)", re.IGNORECASE)


@cache
def rank(field: str, label: str) -> int:
    """How typical the label is of the field: 0 is the commonest."""
    return _table()[field].index(label)
