"""Lists of others: read with coded reasons, persons sealed, crossed with what was settled."""

from datetime import UTC, date, datetime

import pytest

from settlements import HOSPITAL, LINE, PERSON, SETTLEMENT
from yidang.claims.forgetting import _end_persons
from yidang.claims.history import connect
from yidang.claims.importing.operations import import_claims
from yidang.claims.lists import queries
from yidang.claims.lists.taking import take
from yidang.claims.models import DatedEntry, Enrolee, Import, Product
from yidang.claims.traces.queries import way
from yidang.claims.traces.rules import Kind, Scan
from yidang.claims.traces.scanning import scan
from yidang.kernel.errors import Invalid

ID_NUMBER = PERSON["id_number"]
BOX = "81234560000000000001"


@pytest.fixture
def listed(importer, tmp_path):
    def take_in(kind, text, *, source="民政局"):
        path = tmp_path / f"{kind}.csv"
        path.write_text(text, encoding="utf-8")
        return take(grant=importer, kind=kind, path=path, source=source, dated_on=date(2026, 3, 1))

    return take_in


def rows_of(table):
    """Without the pseudonyms."""
    with connect() as db:
        columns = "* EXCLUDE (person)" if table in ("deaths", "absences") else "*"
        return db.execute(f"SELECT {columns} FROM {table}").fetchall()


def test_the_dead_are_sealed_and_found_by_rules(listed, whole, importer):
    taken = listed(
        "deaths",
        f"姓名,公民身份号码,死亡日期\n张三丰,{ID_NUMBER},2026-03-01\n甲,110105194912310021,2026-03-01\n乙,,2026-1-1\n"
        f"丙,{ID_NUMBER},2026-03-01,多\n",
    )
    assert (taken.rows, taken.fresh, taken.rejected) == (1, 1, 3)
    assert {(one["row"], one["code"]) for one in taken.problems} == {
        (3, "list_id_number_wrong"),
        (4, "list_value_missing"),
        (5, "cells_surplus"),
    }
    entry = DatedEntry.objects.get()
    assert ID_NUMBER.encode() not in bytes(entry.sealed)
    assert rows_of("deaths") == []  # nobody of them is an enrolee yet
    import_claims(grant=importer, path=whole)
    assert rows_of("deaths") == [(date(2026, 3, 1),)]
    assert queries.standing(importer)[0].known == 1
    assert listed("deaths", f"姓名,公民身份号码,死亡日期\n张三丰,{ID_NUMBER},2026-03-01\n").fresh == 0


def test_who_is_forgotten_stands_on_no_list(listed, whole, importer):
    import_claims(grant=importer, path=whole)
    listed("absences", f"公民身份号码,类别,开始日期,结束日期\n{ID_NUMBER},服刑,2025-01-01,\n")
    assert len(rows_of("absences")) == 1
    _end_persons(list(Enrolee.objects.all()))
    assert not DatedEntry.objects.exists()


def test_doctors_and_institutions_until_when(listed):
    listed("suspensions", "医保医师代码,暂停日期,恢复日期\nD110105000001,2026-01-01,\n")
    again = listed("suspensions", "医保医师代码,暂停日期,恢复日期\nD110105000001,2026-01-01,2026-06-30\n")
    listed("terminations", f"机构代码,解除日期\n{HOSPITAL},2026-02-01\n")
    assert again.fresh == 1
    assert rows_of("suspensions") == [("D110105000001", date(2026, 1, 1), date(2026, 6, 30))]
    assert rows_of("terminations") == [(HOSPITAL, date(2026, 2, 1), None)]


def test_a_list_without_its_column_is_refused(listed):
    with pytest.raises(Invalid) as caught:
        listed("deaths", "姓名,死亡日期\n张三丰,2026-03-01\n")
    assert caught.value.code == "list_column_missing"


def test_codes_are_held_against_the_table_in_force(listed, sheets, importer):
    listed("drugs", f"医保编码,注册名称\n{LINE['item']},某片\n")
    odd = LINE | {"line": "2", "item": "XC08", "claim": "900001"}
    unknown = LINE | {"line": "3", "item": "XA01ABD075A002010100483"}
    lines = [LINE | {"amount_fen": "10000", "unit_price_fen": "5000"} for _ in range(1)]
    lines += [one | {"amount_fen": "10000", "unit_price_fen": "5000"} for one in (odd, unknown)]
    import_claims(grant=importer, path=sheets(settlements=[SETTLEMENT], lines=lines, persons=[PERSON]))
    warned = {(one["code"], one["list"]): one["rows"] for one in Import.objects.get().warned}
    assert warned == {("code_misshapen", "drugs"): 1, ("code_unknown", "drugs"): 1}


def test_three_codes_are_bound_by_list_or_as_a_box_comes_into_stock(listed, importer):
    moved = datetime(2026, 3, 1, tzinfo=UTC)
    stocked = Scan(kind=Kind.STOCK, code=BOX, provider=HOSPITAL, item="XC08", product="6901234567892", moved_at=moved)
    scan(importer, [stocked])
    assert way(importer, BOX).products[0].list is None
    listed("products", "药品标识码,商品码,医保编码\n8123456,6901234567892,XC08\n8123456,x,XC08\n", source="药监局")
    assert Product.objects.get().list.source == "药监局"
