"""The instrument 三合一: shipped as version 1, drafted, approved by two; each record under the version of its day."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.utils.translation import override
from openpyxl import load_workbook

from yidang.disposition import kinds
from yidang.disposition.blockers import blockers
from yidang.disposition.instrument import keeping, sheets
from yidang.disposition.instrument.rules import differences
from yidang.disposition.instrument.words import told
from yidang.holdings.models import Item, RetentionRule, SchemeVersion, Series
from yidang.holdings.operations import lock_for_end, move_item
from yidang.holdings.rebuild import rebuild
from yidang.holdings.scheme import load_scheme
from yidang.holdings.verify import verify
from yidang.identity.policy import SYSTEM
from yidang.kernel import clock
from yidang.kernel.errors import Conflict, Invalid, NotAllowed
from yidang.workflow.operations import ask_approval
from yidang.workflow.queries import standing

from .records import file

pytestmark = pytest.mark.django_db


def changed(bureau, **values):
    """A draft in which one class is told differently."""
    draft = keeping.begin(bureau.archivist, fonds="J001")
    row = next(one for one in draft.rows if one["code"] == "DYMZ")
    return keeping.keep_row(bureau.archivist, draft_id=draft.id, row=row | values)


def approve(bureau, draft, begins, by="head"):
    plan = {"draft": str(draft.id), "approval_number": "档批〔2026〕1号", "effective_from": begins.isoformat()}
    return bureau.sanction(kinds.INSTRUMENT, plan, by=by)


def test_the_shipped_data_is_the_first_version(bureau):
    rows = keeping.rows_of("J001", 1)
    assert {row["code"] for row in rows} == set(Series.objects.filter(fonds="J001").values_list("code", flat=True))
    assert next(row["term"] for row in rows if row["code"] == "DYMZ") == "D10"


def test_a_record_keeps_the_version_of_the_day_it_was_formed(bureau):
    draft = changed(bureau, term="D15", source="档规〔2026〕3号", rule="YBD04")
    approve(bureau, draft, date(2020, 1, 1))
    (before,), (after,) = file(year=2014), file(year=2021)
    assert (before.term, after.term) == ("D10", "D15")
    assert "D10" in before.reference_code
    assert Series.objects.get(code="DYMZ").term == "D15"
    load_scheme()
    assert Series.objects.get(code="DYMZ").term == "D15"
    assert verify().differences == []


def test_a_record_moved_later_keeps_the_terms_of_its_own_day(bureau):
    draft = changed(bureau, term="D15", source="档规〔2026〕3号", rule="YBD04")
    approve(bureau, draft, date(2020, 1, 1))
    (before,), (after,) = file(series="DYJS", year=2014), file(series="DYJS", year=2021)
    moved = [
        move_item(SYSTEM, item_id=item.pk, to_series="DYMZ", year=item.year, reason="归错类")
        for item in (before, after)
    ]
    assert [item.term for item in moved] == ["D10", "D15"]
    assert moved[0].reference_code == "J001-ZY·YB·DYMZ·2014·D10-000001"
    assert verify().differences == []


def test_a_version_to_come_changes_nothing_before_its_day(bureau, monkeypatch):
    begins = clock.today() + timedelta(days=3)
    approve(bureau, changed(bureau, title_zh="门诊核定"), begins)
    assert Series.objects.get(code="DYMZ").title_zh == "门诊待遇核定"
    monkeypatch.setattr(clock, "today", lambda: begins)
    monkeypatch.setattr("yidang.holdings.scheme_versions.today", lambda: begins)
    keeping.take_effect()
    assert Series.objects.get(code="DYMZ").title_zh == "门诊核定"


def test_a_changed_term_is_not_certain(bureau):
    approve(bureau, changed(bureau, term="D11", source="口头"), date(2000, 1, 1))
    (item,) = file(year=2010)
    assert not RetentionRule.objects.get(schedule_version="J001-2", code="YBD04").is_verified
    assert blockers(lock_for_end([item.pk])) == {item.pk: "term_unverified"}
    plan = {"version": "J001-2", "rule": "YBD04", "term": "D11", "source": "档规〔2026〕3号"}
    bureau.sanction(kinds.TERM, plan)
    assert blockers(lock_for_end([item.pk])) == {}


def test_only_the_head_approves(bureau):
    draft = changed(bureau, title_zh="门诊核定")
    for name in ("authority", "clerk", "archivist"):
        with pytest.raises(NotAllowed):
            approve(bureau, draft, date(2026, 1, 1), by=name)
    approve(bureau, draft, date(2026, 1, 1))
    with pytest.raises(Conflict, match="instrument_decided"):
        keeping.keep(bureau.archivist, draft_id=draft.id, rows=draft.rows)


def test_an_unchanged_draft_is_not_asked_for(bureau):
    draft = keeping.begin(bureau.archivist, fonds="J001")
    with pytest.raises(Invalid, match="approval_changes_nothing"):
        approve(bureau, draft, date(2026, 1, 1))


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"class": "ZY·YB·NEU"}, "instrument_class_changed"),
        ({"term": "10"}, "instrument_row_wrong"),
        ({"title_en": ""}, "instrument_row_wrong"),
        ({"rule": "YBG01"}, "instrument_rule_twice"),
    ],
)
def test_a_row_that_is_not_whole_is_refused(bureau, values, code):
    with pytest.raises(Invalid, match=code):
        changed(bureau, **values)


def test_a_class_never_goes(bureau):
    draft = keeping.begin(bureau.archivist, fonds="J001")
    with pytest.raises(Invalid, match="instrument_code_gone"):
        keeping.keep(bureau.archivist, draft_id=draft.id, rows=[row for row in draft.rows if row["code"] != "DYMZ"])


def test_a_sheet_goes_out_and_comes_back_the_same(bureau):
    materials = [
        {
            "name": "=门诊票据",
            "is_required": True,
            "is_original": True,
            "is_scan_required": False,
            "is_paper_kept": True,
        }
    ]
    draft = changed(bureau, materials=materials)
    sheet = sheets.export(draft.rows)
    heads = [cell.value for cell in next(load_workbook(BytesIO(sheet))["分类与期限"].iter_rows())]
    assert all(head and not head.isascii() for head in heads)
    back = sheets.read(sheet)
    assert list(differences(draft.rows, back)) == []
    assert next(row for row in back if row["code"] == "DYMZ")["materials"] == materials
    with pytest.raises(Invalid, match="instrument_sheet_wrong"):
        sheets.read(b"PK no sheet")


def test_what_changes_is_said_in_words(bureau):
    before = keeping.rows_of("J001", 1)
    row = next(one for one in before if one["code"] == "DYMZ")
    first = row["materials"][0]
    after = [row | {"term": "Y", "materials": [first | {"is_required": not first["is_required"]}]}]
    with override("zh-hans"):
        found = {one.field: (one.old, one.new) for one in told(differences([row | {"materials": [first]}], after))}
    assert found["保管期限（Y 永久，D30 三十年）"] == ("10 年", "永久")
    old, new = found["材料清单"]
    assert "必须收集" in old
    assert "必须收集" not in new


def test_a_draft_is_asked_for_once(bureau):
    draft = changed(bureau, title_zh="门诊核定")
    assert standing(kinds.INSTRUMENT, draft.id) is None
    plan = {"draft": str(draft.id), "approval_number": "档批〔2026〕1号", "effective_from": "2026-01-01"}
    asked = ask_approval(grant=bureau.archivist, kind=kinds.INSTRUMENT, plan=plan, reason="换版", subject=draft.id)
    assert standing(kinds.INSTRUMENT, draft.id) == asked


def test_a_new_class_takes_in_records(bureau):
    draft = keeping.begin(bureau.archivist, fonds="J001")
    row = next(one for one in draft.rows if one["code"] == "DYMZ")
    fresh = row | {"code": "DYXX", "class": "ZY·YB·DYXX", "title_zh": "线上报销", "title_en": "Online claims"}
    approve(bureau, keeping.keep_row(bureau.archivist, draft_id=draft.id, row=fresh), date(2020, 1, 1))
    (item,) = file(series="DYXX", year=2024)
    assert item.reference_code == "J001-ZY·YB·DYXX·2024·D10-000001"


def test_verify_names_a_version_changed_behind_the_system(bureau):
    approve(bureau, changed(bureau, title_zh="门诊核定"), date(2020, 1, 1))
    SchemeVersion.objects.update(approval_number="假")
    assert {found.code for found in verify().differences} == {"instrument_changed"}


def test_rebuild_brings_back_the_versions(bureau):
    approve(bureau, changed(bureau, term="D15", source="档规〔2026〕3号"), date(2020, 1, 1))
    file(year=2021)
    Item.objects.all().delete()
    Series.objects.all().update(retention_rule=None)
    SchemeVersion.objects.all().delete()
    RetentionRule.objects.filter(schedule_version="J001-2").delete()
    assert rebuild().differences == []
    assert Series.objects.get(code="DYMZ").term == "D15"
    assert verify().differences == []
