"""Rows through the pipe: those poured arrive, those nobody pours hold nobody up, and what fails says so."""

from concurrent.futures import Future

import duckdb
import pytest
from django.db import connection, transaction

from yidang.claims.importing.feeding import feeding

MANY = "SELECT i AS number, i AS claim, '' AS doctor, TIMESTAMP '2026-03-01' AS prescribed_at FROM range({}) t(i)"
PLACE = ("claims_prescription", "number, claim, doctor, prescribed_at")


@pytest.fixture
def duck():
    with duckdb.connect() as opened:
        yield opened


def laid():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*), sum(number) FROM claims_prescription")
        return cursor.fetchone()


@pytest.mark.django_db
def test_all_rows_arrive_whenever_their_turn_comes(duck):
    with feeding(duck, MANY.format(100_000)) as early, feeding(duck, MANY.format(0)) as none:
        none.pour(*PLACE)
        assert laid() == (0, None)
        early.pour(*PLACE)
    assert laid() == (100_000, sum(range(100_000)))


@pytest.mark.django_db
def test_rows_nobody_pours_hold_nobody_up(duck):
    with pytest.raises(ZeroDivisionError), feeding(duck, MANY.format(1_000_000)):
        raise ZeroDivisionError
    assert duck.execute("SELECT 1").fetchone() == (1,)


@pytest.mark.django_db
def test_a_query_that_fails_midway_leaves_no_row(duck):
    failing = f"{MANY.format(50_000)} WHERE CASE WHEN i = 49999 THEN error('broken') ELSE true END"
    with pytest.raises(duckdb.Error, match="broken"), transaction.atomic(), feeding(duck, failing) as rows:
        rows.pour(*PLACE)
    assert laid() == (0, None)


@pytest.mark.django_db
def test_what_it_waited_for_and_failed_is_what_is_told(duck):
    before: Future[None] = Future()
    before.set_exception(ValueError("nothing sealed"))
    with (
        pytest.raises(ValueError, match="nothing sealed"),
        transaction.atomic(),
        feeding(duck, MANY.format(3), after=before) as rows,
    ):
        rows.pour(*PLACE)
