"""Scheme, terms and departments changed while the house stood still are named before they are put back."""

import json

import pytest
from django.db import connection

from yidang.holdings import scheme_watch
from yidang.holdings.models import RetentionRule, Series
from yidang.holdings.scheme_audit import scheme_differences
from yidang.holdings.scheme_watch import LOADED, PUT_BACK, load_watched, put_back
from yidang.ledger.models import LedgerEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def started(db):
    assert load_watched() == []
    assert LedgerEntry.objects.filter(action=LOADED).count() == 1


def sql(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        (
            "UPDATE holdings_retentionrule SET term = 'D10' WHERE code = 'YBG01'",
            "retention_rule_changed",
        ),
        ("UPDATE holdings_series SET department_id = 'k-gk' WHERE code = 'DYJS'", "series_changed"),
        ("UPDATE holdings_fonds SET name_zh = '别家' WHERE code = 'J001'", "fonds_changed"),
        ("UPDATE identity_department SET name_zh = '别科' WHERE code = 'k-gk'", "department_changed"),
    ],
)
def test_what_was_changed_is_named_written_down_and_put_back(started, statement, code):
    sql(statement)
    assert [one.code for one in load_watched()] == [code]
    assert list(scheme_differences()) == []
    (entry,) = LedgerEntry.objects.filter(action=PUT_BACK)
    assert json.loads(bytes(entry.entry))["facts"]["rows"][0]["code"] == code
    assert [one.code for one in put_back()] == ["scheme_put_back"]
    assert load_watched() == []


def test_a_newer_package_is_nobodys_hand(started, monkeypatch):
    Series.objects.filter(code="DYJS").update(title_zh="旧名")
    monkeypatch.setattr(scheme_watch, "_digest", lambda: "another")
    assert load_watched() == []
    assert LedgerEntry.objects.filter(action=LOADED).count() == 2
    assert list(put_back()) == []


def test_a_catalogue_to_be_rebuilt_is_left_to_the_log(db, monkeypatch):
    monkeypatch.setattr(scheme_watch, "_has_begun", lambda: False)
    load_watched()
    assert RetentionRule.objects.exists()
    assert not LedgerEntry.objects.exists()
