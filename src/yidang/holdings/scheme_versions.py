"""Approved versions of the instrument over the packaged scheme: which stands, and which stood when an item was formed.

A row is a mapping: code, parent (blank: a category), title_zh, title_en, class, department, arrangement, scope, rule,
category, term, confidence, source, is_verified, materials. Their truth is the ledger's `instrument.approved`.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from yidang.holdings.comparing import about
from yidang.holdings.models import RetentionRule, SchemeVersion, Series
from yidang.kernel.clock import today
from yidang.kernel.difference import Difference
from yidang.ledger.models import LedgerEntry

Row = Mapping[str, Any]
ACTION = "instrument.approved"


def facts_of(version: SchemeVersion) -> dict[str, Any]:
    return {
        "fonds": version.fonds_id,
        "number": version.number,
        "effective_from": version.effective_from.isoformat(),
        "approval_number": version.approval_number,
        "rows": version.rows,
    }


def in_force(fonds: str, on: date) -> SchemeVersion | None:
    """None: the packaged one."""
    versions = SchemeVersion.objects.filter(fonds=fonds, effective_from__lte=on)
    return versions.order_by("-effective_from", "-number").first()


class Terms:
    """The terms that items receive, each under the version in force when it was formed; remembers what it asked."""

    def __init__(self) -> None:
        self._has_versions = SchemeVersion.objects.exists()
        self._rules: dict[tuple[str, date], RetentionRule | None] = {}

    def of(self, series: Series, year: int, formed_on: date | None) -> str:
        """Raises Invalid: `series_is_branch`."""
        rule = self.rule_of(series, year, formed_on)
        return series.term if rule is None else rule.term

    def rule_of(self, series: Series, year: int, formed_on: date | None) -> RetentionRule | None:
        if not self._has_versions:
            return series.retention_rule
        place = series.code, formed_on or date(year, 12, 31)
        if place not in self._rules:
            self._rules[place] = _rule_on(series, place[1]) or series.retention_rule
        return self._rules[place]


def _rule_on(series: Series, on: date) -> RetentionRule | None:
    from yidang.holdings.scheme import packaged_rule_of, packaged_scheme

    version = in_force(series.fonds_id, on)
    if version is None:
        name, code = packaged_scheme()["schedule_version"], packaged_rule_of(series.code)
    else:
        name, code = version.name, next((row["rule"] for row in version.rows if row["code"] == series.code), "")
    return RetentionRule.objects.filter(schedule_version=name, code=code).first()


def standing_rows(on: date | None = None) -> Iterator[tuple[SchemeVersion, int, Row]]:
    """Of the version in force on the day (today) in each fonds, the categories first."""
    fonds = SchemeVersion.objects.values_list("fonds", flat=True).order_by("fonds").distinct()
    standing = [version for code in fonds if (version := in_force(code, on or today()))]
    for is_category in (True, False):
        for version in standing:
            for position, row in enumerate(version.rows):
                if bool(row["parent"]) != is_category:
                    yield version, position, row


def series_columns(version: SchemeVersion, position: int, row: Row) -> dict[str, Any]:
    return {
        "code": row["code"],
        "fonds_id": version.fonds_id,
        "scheme_version": version.name,
        "parent_id": row["parent"] or None,
        "class_prefix": row["class"],
        "process": row["class"].rpartition("·")[2],
        "title_zh": row["title_zh"],
        "title_en": row["title_en"],
        "department_id": row["department"] or None,
        "arrangement": row["arrangement"] or Series.Arrangement.BY_ITEM,
        "rule_code": row["rule"] or None,
        "position": position,
    }


def rule_columns(version: SchemeVersion) -> Iterator[dict[str, Any]]:
    """Each rule that its rows name, once."""
    seen = set()
    for row in version.rows:
        if row["rule"] and row["rule"] not in seen:
            seen.add(row["rule"])
            yield {
                "code": row["rule"],
                "category": row["category"],
                "title": row["title_zh"],
                "scope_note": row["scope"],
                "term": row["term"],
                "confidence": row["confidence"],
                "source": row["source"],
                "is_verified": row["is_verified"],
            }


def _told() -> Iterator[tuple[LedgerEntry, dict[str, Any]]]:
    for entry in LedgerEntry.objects.filter(action=ACTION).order_by("id"):
        yield entry, json.loads(bytes(entry.entry))["facts"]


def restore() -> None:
    """For an empty catalogue: every version from its entry."""
    SchemeVersion.objects.bulk_create(
        [
            SchemeVersion(
                fonds_id=facts["fonds"],
                number=facts["number"],
                effective_from=date.fromisoformat(facts["effective_from"]),
                approval_number=facts["approval_number"],
                rows=facts["rows"],
                ledger_entry=entry.id,
            )
            for entry, facts in _told()
        ],
        ignore_conflicts=True,
    )


def differences() -> Iterator[Difference]:
    known = {version.ledger_entry: facts_of(version) for version in SchemeVersion.objects.all()}
    for entry, facts in _told():
        if known.pop(entry.id, None) != facts:
            yield about("instrument_changed", version=f"{facts['fonds']}-{facts['number']}")
    for facts in known.values():
        yield about("instrument_changed", version=f"{facts['fonds']}-{facts['number']}")
