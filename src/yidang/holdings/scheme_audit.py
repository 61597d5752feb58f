"""Fonds, series and retention rules in the catalogue against the packaged data they were written from."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.db.models import Model

from yidang.holdings import scheme_versions
from yidang.holdings.comparing import about
from yidang.holdings.models import Fonds, RetentionRule, SchemeVersion, Series
from yidang.holdings.scheme import packaged_fonds, packaged_rule_columns, packaged_scheme, standing_series
from yidang.kernel.difference import Difference

Columns = Mapping[str, Any]


def scheme_differences(on: date | None = None) -> Iterator[Difference]:
    """Rows changed behind our back.

    A series of another department shows its items to others; a rule of another term has them destroyed too early.
    """
    series = {row.code: row for row in Series.objects.select_related("retention_rule")}
    for code, column in _wrong(series, _as_standing(on)):
        yield about("series_changed", series=code, column=column)
    fonds = {row.code: row for row in Fonds.objects.all()}
    for code, column in _wrong(fonds, packaged_fonds()):
        yield about("fonds_changed", fonds=code, column=column)
    expected = {packaged_scheme()["schedule_version"]: list(packaged_rule_columns())}
    expected |= {one.name: list(scheme_versions.rule_columns(one)) for one in SchemeVersion.objects.all()}
    for version, columns in expected.items():
        rules = {row.code: row for row in RetentionRule.objects.filter(schedule_version=version)}
        for code, column in _wrong(rules, iter(columns)):
            yield about("retention_rule_changed", rule=code, column=column)
    yield from scheme_versions.differences()


def _as_standing(on: date | None) -> Iterator[Columns]:
    for row in standing_series(on):
        yield {name: value for name, value in row.items() if name != "rule_version"}


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
