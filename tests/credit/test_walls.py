"""Neither side of the wall reads the other."""

import pytest
from django.db import DatabaseError, connection, transaction

from yidang.credit import walls
from yidang.credit.door import opened
from yidang.credit.models import Subject
from yidang.identity.models import Staff
from yidang.identity.reach import APP_ROLE

pytestmark = pytest.mark.django_db


def refused(query):
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(query)


def test_the_working_role_does_not_read_credit():
    refused("SELECT * FROM credit.deduction")
    refused("INSERT INTO credit.log (position) VALUES (1)")


@pytest.mark.parametrize("table", ["holdings_item", "identity_staff", "ledger_entry", "claims_settlement"])
def test_the_credit_role_reads_nothing_else(table):
    with opened():
        refused(f"SELECT * FROM public.{table}")


def test_no_statement_joins_the_two():
    join = "SELECT * FROM credit.subject s JOIN public.holdings_identifier i ON true"
    refused(join)
    with opened():
        refused(join)


def test_the_log_is_neither_changed_nor_shortened():
    with opened():
        for statement in (
            "UPDATE credit.log SET action = 'card.shown'",
            "DELETE FROM credit.log",
            "TRUNCATE credit.log",
        ):
            refused(statement)
        refused("DELETE FROM credit.deduction")


def test_outside_the_door_the_work_goes_on():
    with opened():
        assert Subject.objects.count() == 0
    assert Staff.objects.count() >= 0
    with pytest.raises(ZeroDivisionError), opened():
        raise ZeroDivisionError
    assert Staff.objects.count() >= 0


def test_the_catalogue_shows_no_open_table():
    assert walls.open_tables(APP_ROLE) == []
