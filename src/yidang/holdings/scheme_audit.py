"""Fonds, series and retention rules in the catalogue against the packaged data they were written from."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import Model

from yidang.holdings.comparing import about
from yidang.holdings.models import Fonds, RetentionRule, Series
from yidang.holdings.scheme import packaged_fonds, packaged_rule_columns, packaged_scheme, packaged_series
from yidang.kernel.difference import Difference

Columns = Mapping[str, Any]


def scheme_differences() -> Iterator[Difference]:
    """Rows changed behind our back.

    A series of another department shows its items to others; a rule of another term has them destroyed too early.
    """
    series = {row.code: row for row in Series.objects.select_related("retention_rule")}
    for code, column in _wrong(series, packaged_series()):
        yield about("series_changed", series=code, column=column)
    fonds = {row.code: row for row in Fonds.objects.all()}
    for code, column in _wrong(fonds, packaged_fonds()):
        yield about("fonds_changed", fonds=code, column=column)
    version = packaged_scheme()["schedule_version"]
    rules = {row.code: row for row in RetentionRule.objects.filter(schedule_version=version)}
    for code, column in _wrong(rules, packaged_rule_columns()):
        yield about("retention_rule_changed", rule=code, column=column)


def _wrong(rows: Mapping[str, Model], packaged: Iterator[Columns]) -> Iterator[tuple[str, str]]:
    """The code and the column; "code" stands for a row that is gone or that nobody packaged."""
    left = dict(rows)
    for expected in packaged:
        row = left.pop(expected["code"], None)
        if row is None:
            yield expected["code"], "code"
        else:
            changed = (name for name, value in expected.items() if getattr(row, name) != value)
            yield from ((expected["code"], name) for name in changed)
    yield from ((code, "code") for code in left)
