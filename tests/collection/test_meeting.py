"""Paper and electronic parts of one case meet in one record; what is missing is asked for by name."""

import pytest
from django.conf import settings

from yidang.collection.capture import asking, cases, checklist, opening
from yidang.collection.models import Case, CaseMaterial, Letter
from yidang.crypto.fields import seal_field
from yidang.holdings.models import Item, ItemState
from yidang.holdings.operations import restore_version
from yidang.holdings.queries import description
from yidang.holdings.verify import verify
from yidang.identity.policy import SYSTEM
from yidang.intake import jobs
from yidang.intake.models import PageMark
from yidang.intake.operations import close_accession, open_accession, receive_chunk
from yidang.intake.operations.filing import file_batch
from yidang.kernel.errors import Conflict
from yidang.workflow.models import Task

from .conftest import FILES, pdf, words


def scanned(name="纸质.pdf", data=None, catalogue="", *, until_filed=True) -> None:
    """An ordinary accession of a scanner's file, with a catalogue when one is given."""
    if not until_filed:
        object.__setattr__(settings.YIDANG, "filing_confidence", 2.0)
    accession = open_accession(grant=SYSTEM, series="DYJS", year=2026, channel="browser")
    with jobs.inline() as inline:
        for path, body in {
            name: data or pdf("paper"),
            **({"目录.csv": catalogue.encode()} if catalogue else {}),
        }.items():
            receive_chunk(grant=SYSTEM, accession_id=accession.pk, path=path, offset=0, data=body, size=len(body))
        close_accession(grant=SYSTEM, accession_id=accession.pk)
        inline.run()


def test_paper_of_a_known_case_becomes_a_version_of_its_record(caller):
    caller.post(words(), FILES)
    scanned(catalogue="文件名,题名,文件编号\n纸质.pdf,收费票据,JS-2026-0001\n")

    item = Item.objects.get()
    assert (item.state, item.version, item.page_count) == (ItemState.FILED, 2, 3)
    assert description(item).text("carrier") == "电子；纸质（1 页）"
    case = Case.objects.get()
    assert case.has_paper
    assert case.has_electronic
    assert "收费票据" not in [one.name for one in checklist.missing(case)]
    assert not verify().differences


def test_what_was_before_and_after_can_be_restored(caller):
    caller.post(words(), FILES)
    scanned(catalogue="文件名,题名,文件编号\n纸质.pdf,收费票据,JS-2026-0001\n")
    item = Item.objects.get()

    before = restore_version(SYSTEM, item_id=item.pk, number=1, reason="核对")
    assert before.page_count == before.pages.count() == 2
    after = restore_version(SYSTEM, item_id=item.pk, number=2, reason="恢复")
    assert [page.number for page in after.pages.order_by("number")] == [1, 2, 3]


def test_paper_that_came_first_is_met_by_the_electronic_case(caller):
    scanned()
    paper = Item.objects.get()
    case = Case(digest=cases.digest_of("JS-2026-0001"), series=paper.series, year=2026, item=paper.pk, has_paper=True)
    case.received_at = paper.created_at
    case.sealed = cases.seal_words(case, cases.Words(number="JS-2026-0001"))
    case.save(force_insert=True)
    if paper.state != ItemState.FILED:
        file_batch(SYSTEM, [paper.pk])

    told = caller.post(words(), FILES).json()
    item = Item.objects.get()
    assert str(item.pk) == caller.get(told["status_url"]).json()["item"] == str(paper.pk)
    assert (item.version, item.page_count) == (2, 3)
    said = description(item)
    assert said.text("person_name") == "张三"
    assert said.text("carrier") == "纸质（1 页）；电子"


@pytest.mark.parametrize("by", ["id", "number", "unknown number"])
def test_the_code_on_a_page_leads_to_the_case(caller, by):
    caller.post(words(), FILES)
    case = Case.objects.get()
    scanned(until_filed=False)
    draft = Item.objects.exclude(pk=case.item).get()
    value = {"id": str(case.pk), "number": "js-2026-0001", "unknown number": "JS-2026-9999"}[by]
    page = draft.pages.get()
    sealed = seal_field(f"{cases.MARK}{value}".encode(), table="page_mark", row=str(page.pk), field="value")
    PageMark.objects.create(page=page.pk, accession_id=draft.accession, is_separator=False, value=sealed)
    (filed,) = file_batch(SYSTEM, [draft.pk])

    if by == "unknown number":
        assert Case.objects.get(system=None).item == filed.pk, "paper that came before its case waits for it"
    else:
        assert filed.pk == case.item
        assert filed.page_count == 3
        assert not Item.objects.filter(pk=draft.pk).exists()


def test_what_is_missing_is_asked_for_from_the_institution_and_closed_when_it_comes(caller, bureau, hospital):
    caller.post(words(), FILES)
    case = Case.objects.get()
    letter = asking.ask_for_missing(bureau.archivist, case_id=case.pk, by="letter")
    from yidang.collection.letters import words_of

    assert words_of(letter)["lines"][0].what == "住院费用结算：费用明细清单"
    for one in checklist.missing(case):
        assert one.asked_at
        cases.settle_material(bureau.archivist, material_id=one.pk, state=CaseMaterial.State.THERE)
    assert Letter.objects.get().is_answered
    with pytest.raises(Conflict):
        asking.ask_for_missing(bureau.archivist, case_id=case.pk, by="task")


def test_a_task_for_the_desk_ends_when_nothing_is_missing(caller, bureau):
    caller.post(words(), FILES)
    case = Case.objects.get()
    asking.ask_for_missing(bureau.archivist, case_id=case.pk, by="task")
    assert Task.objects.get(kind="case_materials", closed_at=None).department_id == "dyg"
    for one in checklist.missing(case):
        cases.settle_material(bureau.archivist, material_id=one.pk, state=CaseMaterial.State.NOT_NEEDED)
    assert not Task.objects.filter(kind="case_materials", closed_at=None).exists()


def test_a_record_that_no_system_filed_gets_its_checklist(bureau, caller):
    scanned()
    item = Item.objects.get()
    if item.state != ItemState.FILED:
        (item,) = file_batch(SYSTEM, [item.pk])
    case = opening.open_for_item(bureau.archivist, item_id=item.pk)
    assert opening.open_for_item(bureau.archivist, item_id=item.pk) == case
    assert len(checklist.missing(case)) == 5


def test_every_step_of_the_packaged_scheme_has_a_checklist(bureau):
    from yidang.holdings.models import Series

    without = [one.code for one in Series.objects.filter(parent__isnull=False) if not checklist.lines_of(one)]
    assert not without
