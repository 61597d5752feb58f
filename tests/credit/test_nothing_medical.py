"""A diagnosis or a drug finds no way in: not by form, file, JSON or SQL; and no way out, there being none inside."""

import csv
import io
import json
from itertools import product

import pytest
from django.db import DatabaseError, connection, transaction
from openpyxl import Workbook

from people import CLINIC
from yidang.credit import importing
from yidang.credit.door import opened
from yidang.credit.importing import COLUMNS
from yidang.credit.models import Appeal, Decision, Deduction, Measure, Subject
from yidang.kernel.errors import Invalid
from yidang.ledger.models import LedgerEntry

from .conftest import DOCTOR, FRAUD, ID_NUMBER, LIGHT
from .test_pages import FORM, at  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db

MEDICAL = ("2型糖尿病", "E11.900", "阿托伐他汀钙片", "XC10AAA194A001010104321", "HIV")
ROW = {
    "code": DOCTOR,
    "id_number": "",
    "profession": "doctor",
    "provider": CLINIC,
    "issuer": "990100",
    "series": "penalty",
    "year": "2026",
    "serial": "31",
    "against": CLINIC,
    "effective_on": "2026-03-02",
    "behaviour": LIGHT,
    "responsibility": "main",
    "months": "0",
}
_COLUMNS = """
SELECT c.table_name, c.column_name, c.data_type, c.character_maximum_length
  FROM information_schema.columns c WHERE c.table_schema = 'credit'
"""
_CHECKED = """
SELECT rel.relname, att.attname FROM pg_constraint con
  JOIN pg_class rel ON rel.oid = con.conrelid JOIN pg_namespace n ON n.oid = rel.relnamespace
  JOIN pg_attribute att ON att.attrelid = rel.oid AND att.attnum = ANY (con.conkey)
 WHERE con.contype = 'c' AND n.nspname = 'credit'
"""
_NARROW = {"uuid", "date", "timestamp with time zone", "smallint", "integer", "bigint", "boolean"}


def as_csv(rows):
    made = io.StringIO()
    writer = csv.DictWriter(made, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return made.getvalue().encode()


def as_xlsx(rows):
    book = Workbook()
    book.active.append(list(rows[0]))
    for row in rows:
        book.active.append(list(row.values()))
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


FILES = {"a.csv": as_csv, "a.xlsx": as_xlsx, "a.json": lambda rows: json.dumps(rows).encode()}


def everything() -> str:
    with connection.cursor() as cursor, opened():
        tables = ("subject", "mark", "decision", "deduction", "measure", "repair", "appeal", "confirmation", "log")
        found = []
        for table in tables:
            cursor.execute(f"SELECT t::text FROM credit.{table} t")
            found += [row[0] for row in cursor.fetchall()]
    return "\n".join(found)


def test_no_column_takes_words():
    """Every column is a number, a day, an id, a digest of one size, or text that a constraint holds to a pattern."""
    with opened(), connection.cursor() as cursor:
        cursor.execute(_COLUMNS)
        columns = cursor.fetchall()
        cursor.execute(_CHECKED)
        checked = set(cursor.fetchall())
    assert len(columns) > 60
    wide = [
        (table, column)
        for table, column, kind, _size in columns
        if kind not in _NARROW and (table, column) not in checked
    ]
    assert wide == []
    assert not {kind for _, _, kind, _ in columns} - _NARROW - {"character varying", "bytea"}
    assert max(size or 0 for *_, size in columns) <= 40


@pytest.mark.parametrize("name", FILES)
def test_no_cell_of_a_file_takes_it(bureau, name):
    for column, words in product(COLUMNS, MEDICAL[:2]):
        data = FILES[name]([ROW | {column: words}])
        with pytest.raises(Invalid, match="credit_cell") as refused:
            importing.take(grant=bureau.admin, name=name, data=data)
        assert words not in str(refused.value.facts)


@pytest.mark.parametrize("name", FILES)
def test_no_column_more_and_none_less(bureau, name):
    for rows in ([ROW | {"diagnosis": "E11.900"}], [{key: ROW[key] for key in list(ROW)[:-1]}]):
        with pytest.raises(Invalid, match=r"credit_(columns|file)"):
            importing.take(grant=bureau.admin, name=name, data=FILES[name](rows))


@pytest.mark.parametrize("name", ["a.csv", "a.xlsx"])
def test_no_cell_beside_the_columns_is_passed_over(bureau, name):
    beside = as_xlsx([ROW, ROW | {"": "E11.900"}]) if name == "a.xlsx" else as_csv([ROW]).rstrip() + b",E11.900"
    with pytest.raises(Invalid, match="credit_row_cells") as refused:
        importing.take(grant=bureau.admin, name=name, data=beside)
    assert "E11" not in str(refused.value.facts)


def test_a_file_of_the_agreed_form_is_entered_for_decision(bureau):
    person = ROW | {"series": "person", "id_number": ID_NUMBER, "behaviour": "A41-3", "months": "3", "against": ""}
    person |= {"code": "", "profession": "", "provider": "", "responsibility": ""}
    for number, name in enumerate(FILES):
        rows = [ROW | {"serial": str(40 + number)}, person | {"serial": str(40 + number)}, ROW | {"behaviour": "A15-9"}]
        taken = importing.take(grant=bureau.admin, name=name, data=FILES[name](rows))
        assert (taken.received, taken.entered) == (3, 2)
        assert [(row, problem.code) for row, problem in taken.refused] == [(3, "credit_term_unverified")]


def test_no_field_of_a_form_takes_it(bureau, at):  # noqa: F811 - the fixture
    admin = at("xinyong")
    for field in FORM:
        for words in MEDICAL:
            answer = admin.post("/credit/enter/", FORM | {field: words})
            assert answer.status_code in {409, 422}, (field, words)
    admin.post("/credit/enter/", FORM | {"reason": MEDICAL[0], "note": MEDICAL[0], "diagnosis": MEDICAL[1]})
    row = bureau.score(FRAUD, serial=77)
    admin.post(f"/credit/{row.subject_id}/repair/", {"activity": MEDICAL[0], "done_on": "2026-03-09"})
    at("jigou").post(f"/credit/appeal/deduction/{row.pk}/", {"ground": MEDICAL[0], "words": MEDICAL[0]})
    kept = everything()
    assert not any(words in kept for words in MEDICAL)
    assert not any(LedgerEntry.objects.filter(entry__contains=words.encode()).exists() for words in MEDICAL)


def test_the_database_itself_refuses_it(bureau):
    """As the role of the credit archive, past every line of Python."""
    row = bureau.score(FRAUD)
    appeal = {"ground": "facts"}
    tries = [
        (Subject.objects.filter(pk=row.subject_id), ("code", "provider", "profession", "kind", "sealed_id")),
        (Deduction.objects.filter(pk=row.pk), ("behaviour", "responsibility", "state")),
        (Measure.objects.filter(deduction=row), ("kind", "behaviour", "state")),
    ]
    for rows, columns in tries:
        for column in columns:
            value = MEDICAL[0].encode() if column == "sealed_id" else MEDICAL[0][:8]
            with pytest.raises(DatabaseError), transaction.atomic(), opened():
                rows.update(**{column: value})
    with pytest.raises(DatabaseError), transaction.atomic(), opened():
        Decision.objects.create(
            issuer="糖尿病",
            series="penalty",
            year=2026,
            serial=1,
            provider=CLINIC,
            effective_on=row.served_on,
            entered_by=row.entered_by,
        )
    with pytest.raises(DatabaseError), transaction.atomic(), opened():
        Appeal.objects.create(
            **appeal | {"ground": MEDICAL[0]},
            deduction=row,
            filed_by=row.entered_by,
            filed_on=row.served_on,
            due_on=row.served_on,
        )
    with pytest.raises(DatabaseError), transaction.atomic(), opened(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE credit.deduction ADD COLUMN diagnosis text")
    with pytest.raises(DatabaseError), transaction.atomic(), opened(), connection.cursor() as cursor:
        cursor.execute("CREATE TABLE credit.notes (words text)")
    with pytest.raises(DatabaseError), transaction.atomic(), opened(), connection.cursor() as cursor:
        cursor.execute("COMMENT ON COLUMN credit.deduction.points IS 'E11.900'")
