"""Records are looked at when they are filed and changed; a person decides what was doubted."""

import pytest

from yidang.disposition import holding
from yidang.holdings import operations
from yidang.holdings.models import Item
from yidang.identity.policy import SYSTEM
from yidang.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from yidang.ledger.models import LedgerEntry
from yidang.quality import tasks
from yidang.quality.completeness import deciding, looking
from yidang.quality.models import Case, Finding, PagePrint

from .records import ONE, OTHER, draft, drawn, file

pytestmark = pytest.mark.django_db
LETTER = (
    "关于开展二〇二六年度定点医疗机构检查的通知 文号临医险2026第1207号 经办人员联系电话0571-8812345 检查日期2026-04-18"
)


def kinds(item):
    return sorted(Finding.objects.filter(item=item).values_list("kind", flat=True))


def look():
    while looking.look():
        pass


def test_what_is_filed_is_looked_at_once(bureau):
    (item,) = file(draft("清单\n第1页 共3页", "清单\n第3页 共3页"))
    assert looking.has_news()
    look()
    assert kinds(item) == ["page_missing"]
    assert not looking.has_news()
    assert LedgerEntry.objects.filter(action="finding.raised").count() == 1
    looking.look_at(item.pk)
    assert Finding.objects.count() == 1


def test_blank_pages_missing_seals_and_other_people(bureau):
    blank = drawn("", is_blank=True)
    (item,) = file(draft(f"检查通知书\n{ONE}", blank, f"身份证 {OTHER}", kind="inspection_notice", id_number=ONE))
    look()
    assert kinds(item) == ["blank_page", "seal_missing", "wrong_person"]
    sealed = drawn("检查通知书", has_seal=True)
    (whole,) = file(draft(sealed, kind="inspection_notice"))
    look()
    assert kinds(whole) == []


def test_who_is_meant_stands_under_seal_only(bureau):
    file(draft(f"清单 {ONE}", f"清单 {OTHER}", id_number=ONE))
    look()
    finding = Finding.objects.get(kind="wrong_person")
    assert OTHER not in str(finding.facts) + finding.key
    assert OTHER.encode() not in bytes(finding.sealed_evidence)
    shown = deciding.open_finding(bureau.archivist, finding.id)
    assert len(shown.evidence) == 2
    assert not {ONE, OTHER} & set(shown.evidence)
    assert LedgerEntry.objects.filter(action="finding.shown", subject=finding.item_id).exists()


def test_the_same_bytes_are_doubted_of_the_later_record(bureau):
    (first,) = file(draft("甲", data=b"\xff\xd8 same"))
    (second,) = file(draft("乙", data=b"\xff\xd8 same"))
    look()
    assert (kinds(first), kinds(second)) == ([], ["same_bytes"])
    (shown,) = deciding.findings_of(bureau.archivist, second)
    assert shown.other == first


def test_a_sheet_scanned_again_is_doubted_though_misread(bureau):
    (first,) = file(draft(LETTER))
    (second,) = file(draft(LETTER.replace("度定", "庋定")))
    (other,) = file(draft(LETTER.replace("1207", "3391").replace("8812345", "8155678").replace("04-18", "06-02")))
    look()
    assert (kinds(first), kinds(second), kinds(other)) == ([], ["near_duplicate"], [])
    assert PagePrint.objects.count() == 3


def test_the_other_record_is_named_only_to_who_may_know_it(bureau):
    file(draft("甲", data=b"\xff\xd8 same", series="CBGR"))
    (second,) = file(draft("乙", data=b"\xff\xd8 same"))
    look()
    (shown,) = deciding.findings_of(bureau.section, second)
    assert shown.other is None


def test_a_doubt_ends_when_a_later_version_no_longer_shows_it(bureau):
    (item,) = file(draft("清单\n第1页 共2页", "清单\n第2页 共2页"))
    pages = list(item.pages.order_by("number").values_list("pk", flat=True))
    operations.arrange_pages(SYSTEM, item_id=item.pk, order=pages[::-1], turns={}, reason="误排")
    look()
    (finding,) = Finding.objects.filter(item=item)
    assert (finding.kind, finding.state) == ("page_order", "open")
    operations.arrange_pages(SYSTEM, item_id=item.pk, order=pages, turns={}, reason="改正")
    look()
    finding.refresh_from_db()
    assert finding.state == "cured"


def test_a_person_decides_once_with_a_reason(bureau):
    (item,) = file(draft("清单\n第1页 共3页", "清单\n第3页 共3页"))
    look()
    finding = Finding.objects.get()
    with pytest.raises(Invalid, match="finding_reason_missing"):
        deciding.decide(grant=bureau.archivist, finding_id=finding.id, is_confirmed=True, reason=" ")
    with pytest.raises(NotAllowed):
        deciding.decide(grant=bureau.head, finding_id=finding.id, is_confirmed=True, reason="属实")
    deciding.decide(grant=bureau.archivist, finding_id=finding.id, is_confirmed=False, reason="原件即缺")
    with pytest.raises(Conflict, match="finding_decided"):
        deciding.decide(grant=bureau.second, finding_id=finding.id, is_confirmed=True, reason="属实")
    (shown,) = deciding.findings_of(bureau.archivist, item)
    assert (shown.finding.state, shown.reason) == ("dismissed", "原件即缺")
    looking.look_at(item.pk)  # what a person said stands
    assert Finding.objects.get().state == "dismissed"


def test_what_is_confirmed_may_open_a_case(bureau):
    (item,) = file(draft("清单\n第1页 共3页", "清单\n第3页 共3页"))
    look()
    finding = Finding.objects.get()
    deciding.decide(grant=bureau.archivist, finding_id=finding.id, is_confirmed=True, reason="确缺", opens_case=True)
    case = Case.objects.get()
    assert (case.kind, case.owner_id) == ("finding", bureau.id("section"))
    assert item.reference_code in case.subject


def test_who_does_not_reach_the_record_does_not_see_the_doubt(bureau):
    file(draft("清单\n第1页 共3页", series="CBGR"))
    look()
    finding = Finding.objects.first()
    assert deciding.findings(bureau.section).count() == 0
    with pytest.raises(NotFound):
        deciding.open_finding(bureau.section, finding.id)
    with pytest.raises(NotAllowed):
        deciding.findings(bureau.clerk)
    assert sum(deciding.counts(bureau.archivist).values()) == Finding.objects.count()


def test_the_job_takes_everything_in(bureau):
    items = file(*[draft("清单\n第1页 共2页") for _ in range(3)])
    tasks.look()
    assert Finding.objects.filter(kind="page_missing").count() == len(items)


def test_nothing_stays_of_a_record_that_ends(bureau):
    (item,) = file(draft("清单\n第1页 共3页"))
    look()
    assert holding.standing().count() == 0
    operations.bury(SYSTEM, items=[item.pk], list_number="XH2026-1")
    assert not Finding.objects.exists()
    assert not PagePrint.objects.exists()
    assert not Item.objects.filter(pk=item.pk).exists()
    look()
