"""With the policy taken out of the code, the database still answers nothing that is not the asker's."""

import psycopg
import pytest
from django.db import connection, transaction
from django.db.utils import DataError, ProgrammingError

from yidang.holdings import operations
from yidang.holdings.models import Alias, Identifier, Item, ItemFile, ItemScope, ItemVersion, Page, Volume
from yidang.holdings.queries import visible_items
from yidang.identity.policy import NOBODY, PERMISSIONS, SYSTEM, Grant
from yidang.identity.reach import act_as_nobody, act_as_system, acting
from yidang.identity.reaches import Reach

from .grants import ARCHIVIST, MISCONFIGURED_ADMIN, reader
from .records import describing, draft

pytestmark = pytest.mark.django_db
PARTS = (ItemFile, Page, ItemVersion, Identifier, ItemScope, Alias)


@pytest.fixture
def items(file_one):
    own = file_one(describing(department="心内科"), series="DYJS")
    return {"own": own, "foreign": file_one(describing(department="骨科"), series="CBGR")}


def reaching(*reaches: Reach) -> Grant:
    return Grant(None, "probe", "reader", PERMISSIONS["reader"], frozenset(), reaches)


@pytest.mark.parametrize("grant", [reader("dyg"), reader("k-xxg")], ids=["section", "clinical department"])
def test_without_the_filter_a_reader_still_gets_nothing_foreign(items, grant):
    with acting(grant):
        assert list(Item.objects.all()) == [items["own"]]
        for part in PARTS:
            assert set(part.objects.values_list("item", flat=True)) <= {items["own"].pk}
        assert Page.objects.exists()
        assert not Item.objects.filter(reference_code=items["foreign"].reference_code).exists()
        assert Item.objects.filter(pk=items["foreign"].pk).update(year=1999) == 0


@pytest.mark.parametrize("grant", [NOBODY, MISCONFIGURED_ADMIN, reader()], ids=["nobody", "administrator", "no post"])
def test_who_reaches_nothing_is_shown_no_row_of_any_table(items, grant):
    with acting(grant):
        assert not any(model.objects.exists() for model in (Item, Volume, *PARTS))


def test_a_process_that_did_not_say_for_whom_it_works_sees_nothing(items):
    act_as_nobody()
    try:
        assert not Item.objects.exists()
    finally:
        act_as_system()
    assert Item.objects.count() == 2


def test_what_was_asked_for_is_taken_back(items):
    with acting(reader("dyg")):
        with acting(SYSTEM):
            assert Item.objects.count() == 2
        assert Item.objects.count() == 1
    assert Item.objects.count() == 2


def test_a_rollback_widens_nothing(items):
    with acting(reader("dyg")):
        with pytest.raises(DataError), transaction.atomic(), acting(SYSTEM), connection.cursor() as cursor:
            cursor.execute("SELECT 1 / count(*) - 1 / (count(*) - 2) FROM holdings_item")
        assert Item.objects.count() == 1


def test_filter_and_wall_agree_on_every_limit(file_one):
    scheme = {"DYJS": "心内科", "CBGR": "骨科", "XYDA": "心内科", "DYMZ": ""}
    for series, department in scheme.items():
        for sensitivity in ("公开", "敏感"):
            file_one(describing(department=department, security_class=sensitivity), series=series)
    codes = frozenset
    asked = [
        [Reach(departments=codes({"k-xxg"}))],
        [Reach(departments=codes({"k-xxg", "cbg"}), sensitivities=codes({"public"}))],
        [Reach(series=codes({"DYJS"})), Reach(departments=codes({"k-gk"}))],
        [Reach(fonds=codes({"J001"}), sensitivities=codes({"sensitive"}))],
        [Reach(fonds=codes({"J_01"}))],
        [Reach(sensitivities=codes())],
        [Reach(departments=codes({"%"}))],
        [Reach(items=codes({Item.objects.all()[0].pk}))],
    ]
    counts = []
    for reaches in asked:
        grant = reaching(*reaches)
        filtered = set(visible_items(grant))
        with acting(grant):
            assert set(Item.objects.all()) == filtered
        counts.append(len(filtered))
    assert counts == [4, 3, 4, 3, 0, 0, 0, 1]


def test_a_draft_is_hidden_from_readers_by_the_wall_too(scheme):
    operations.create_drafts(SYSTEM, [draft(series="DYJS")])
    with acting(reader("dyg")):
        assert not Item.objects.exists()
    with acting(ARCHIVIST):
        assert Item.objects.count() == 1


def test_the_program_works_as_a_role_that_owns_nothing():
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == ("yidang_app", False)
    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE holdings_item DISABLE ROW LEVEL SECURITY")


@pytest.mark.django_db(transaction=True)
def test_a_raw_connection_of_that_role_sees_no_row(items):
    raw = psycopg.connect(**{**connection.get_connection_params(), "cursor_factory": None, "context": None})
    with raw:
        raw.execute("SET ROLE yidang_app")
        for model in (Item, Volume, *PARTS):
            assert raw.execute(f"SELECT count(*) FROM {model._meta.db_table}").fetchone() == (0,)
    raw.close()


def test_every_table_of_a_record_is_behind_the_wall():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname, c.relrowsecurity AND c.relforcerowsecurity FROM pg_class c"
            " JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'item_id'"
            " WHERE c.relkind = 'r' AND c.relname LIKE 'holdings%'"
        )
        walls = dict(cursor.fetchall())
    assert len(walls) >= 8
    assert all(walls.values()), [table for table, stands in walls.items() if not stands]
