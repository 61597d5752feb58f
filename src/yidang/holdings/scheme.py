"""The classification scheme and the retention schedule: packaged, versioned data, written to the catalogue."""

import csv
import io
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from django.db import transaction

from yidang.holdings import scheme_versions
from yidang.holdings.models import Fonds, RetentionRule, SchemeVersion, Series
from yidang.identity.departments import load_departments

# A rule is verified when its source was found or is the statute itself; the marks are those of the schedule's file.
_VERIFIED = frozenset({"F", "L"})
_ACCOUNTING = "KJ"
_RULE_COLUMNS = ("code", "category", "title", "scope_note", "term", "confidence", "source", "is_verified")


@dataclass(frozen=True, slots=True)
class RuleRow:
    code: str
    category: str
    title: str
    scope_note: str
    term: str
    confidence: str
    source: str

    @property
    def is_verified(self) -> bool:
        return self.confidence in _VERIFIED


def _text(name: str) -> str:
    return files("yidang.holdings").joinpath("data", name).read_text(encoding="utf-8-sig")


@cache
def packaged_scheme() -> dict[str, Any]:
    return tomllib.loads(_text("scheme.toml"))


def packaged_rules() -> Iterator[RuleRow]:
    """The schedule's rows, then the house's own for what the schedule leaves out."""
    for row in csv.reader(io.StringIO(_text("retention_schedule.csv"))):
        code, category, title, scope_note, term, confidence, source = row
        if code != "code":
            yield RuleRow(code, category, title, scope_note, _term(term), confidence, source)
    for rule in tomllib.loads(_text("retention_house.toml"))["rule"]:
        yield RuleRow(**(rule | {"term": _term(rule["term"])}))


def _term(written: str) -> str:
    if written == "永久":
        return "Y"
    return written if written == _ACCOUNTING else f"D{int(written)}"


@transaction.atomic
def load_scheme() -> None:
    """Writes fonds, rules, categories and series; asking twice changes nothing."""
    scheme = packaged_scheme()
    load_departments()
    _load_fonds()
    _load_rules(scheme["schedule_version"], packaged_rule_columns())
    for version in SchemeVersion.objects.all():
        _load_rules(version.name, scheme_versions.rule_columns(version))
    rules = {(rule.schedule_version, rule.code): rule.pk for rule in RetentionRule.objects.all()}
    rows = [_series_row(dict(row), rules) for row in standing_series()]
    _load_series([row for row in rows if row.parent_id is None])
    _load_series([row for row in rows if row.parent_id is not None])


def standing_series(on: date | None = None) -> Iterator[dict[str, Any]]:
    """The packaged series, each as the approved version in force on the day (today) has it, and those it added.

    Columns of `Series`, the rule as `rule_code`, of the schedule version `rule_version`.
    """
    packaged = {row["code"]: row | {"rule_version": packaged_scheme()["schedule_version"]} for row in packaged_series()}
    for version, position, row in scheme_versions.standing_rows(on):
        packaged[row["code"]] = scheme_versions.series_columns(version, position, row) | {"rule_version": version.name}
    yield from packaged.values()


@cache
def _packaged_rules_of_series() -> dict[str, str]:
    return {row["code"]: row["rule_code"] or "" for row in packaged_series()}


def packaged_rule_of(series: str) -> str:
    return _packaged_rules_of_series().get(series, "")


def _series_row(columns: dict[str, Any], rules: dict[tuple[str, str], int]) -> Series:
    rule, version = columns.pop("rule_code"), columns.pop("rule_version")
    return Series(retention_rule_id=rules[version, rule] if rule else None, **columns)


def _load_fonds() -> None:
    Fonds.objects.bulk_create(
        [Fonds(**columns) for columns in packaged_fonds()],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["name_zh", "name_en"],
    )


def packaged_fonds() -> Iterator[dict[str, str]]:
    for row in packaged_scheme()["fonds"]:
        yield {"code": row["code"], "name_zh": row["title_zh"], "name_en": row["title_en"]}


def _load_rules(version: str, rules: Iterator[dict[str, Any]]) -> None:
    rows = [RetentionRule(schedule_version=version, **columns) for columns in rules]
    RetentionRule.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["schedule_version", "code"],
        update_fields=[name for name in _RULE_COLUMNS if name != "code"],
    )


def packaged_rule_columns() -> Iterator[dict[str, Any]]:
    for rule in packaged_rules():
        yield {name: getattr(rule, name) for name in _RULE_COLUMNS}


def packaged_series() -> Iterator[dict[str, Any]]:
    """Categories and series as columns of `Series`, the retention rule by its code as `rule_code`."""
    version = packaged_scheme()["version"]
    for place, category in enumerate(packaged_scheme()["category"]):
        shared = {"fonds_id": category["fonds"], "scheme_version": version}
        yield shared | {
            "code": category["code"],
            "parent_id": None,
            "class_prefix": "",
            "process": "",
            "title_zh": category["title_zh"],
            "title_en": category["title_en"],
            "department_id": None,
            "arrangement": Series.Arrangement.BY_ITEM,
            "rule_code": None,
            "position": place,
        }
        for position, row in enumerate(category["series"]):
            yield shared | {
                "code": row["code"],
                "parent_id": category["code"],
                "class_prefix": row["class"],
                "process": row["class"].rpartition("·")[2],
                "title_zh": row["title_zh"],
                "title_en": row["title_en"],
                "department_id": row["department"],
                "arrangement": row.get("arrangement", Series.Arrangement.BY_ITEM),
                "rule_code": row["rule"],
                "position": position,
            }


def _load_series(rows: list[Series]) -> None:
    names = [field.attname for field in Series._meta.concrete_fields if not field.primary_key]  # noqa: SLF001 - public API of Django
    Series.objects.bulk_create(rows, update_conflicts=True, unique_fields=["code"], update_fields=names)
