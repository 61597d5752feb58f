"""A sample is drawn, compared by who did not file it, widened when too much is wrong, and reported."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from yidang.holdings import operations
from yidang.holdings.veil import is_in_clear
from yidang.identity.policy import SYSTEM
from yidang.kernel import clock
from yidang.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from yidang.kernel.workbook import Sheet, as_xlsx
from yidang.ledger.models import LedgerEntry
from yidang.quality.accuracy import report, reviewing, rules, sampling
from yidang.quality.accuracy.reviewing import LEFT_OUT, Verdict
from yidang.quality.filing.rules import Quarter
from yidang.quality.models import Case, FieldCheck, Sample, SampleState

from .records import ONE, draft, file

pytestmark = pytest.mark.django_db


def now() -> Quarter:
    return Quarter.of(clock.today())


def lot(count, grant=SYSTEM, **more):
    return file(*[draft(person_name="王小明", **more) for _ in range(count)], grant=grant)


def drawn(bureau, seed="一粒种子"):
    return sampling.draw(grant=bureau.archivist, quarter=now(), series="DYJS", seed=seed)


def right(item, *wrong):
    return {key: Verdict(key not in wrong, "另一名") for key in reviewing.compared_keys(item)}


def compare_next(bureau, sample, *wrong, who="second"):
    row = reviewing.take(grant=getattr(bureau, who), sample_id=sample.id)
    item = next(one for one in reviewing.Item.objects.filter(pk=row.item))
    return reviewing.compare(grant=getattr(bureau, who), row_id=row.pk, verdicts=right(item, *wrong))


def compare_all(bureau, sample, wrong_first=()):
    for place in range(sample.rows.filter(compared_at__isnull=True).count()):
        compare_next(bureau, sample, *(wrong_first if place == 0 else ()))
    sample.refresh_from_db()


def test_anybody_draws_the_same_sample_again(bureau):
    lot(12)
    sample = drawn(bureau)
    assert (sample.lot, sample.size, sample.rows.count()) == (12, 3, 3)
    again = rules.draw(sampling.frame_in(sample), "一粒种子", sample.size)
    assert again == list(sample.rows.values_list("item", flat=True))
    lot(1)  # what is filed later changes nothing
    assert sampling.drawn_again(sample)
    Sample.objects.update(seed="another")
    assert not sampling.drawn_again(Sample.objects.get())
    facts = LedgerEntry.objects.get(action="sample.drawn")
    assert facts.subject == sample.id


def test_one_sample_for_a_quarter_and_series(bureau):
    lot(2)
    drawn(bureau)
    with pytest.raises(Conflict, match="sample_drawn"):
        drawn(bureau)
    with pytest.raises(Invalid, match="sample_empty"):
        sampling.draw(grant=bureau.archivist, quarter=now().previous, series="DYJS")
    with pytest.raises(NotAllowed):
        sampling.draw(grant=bureau.head, quarter=now(), series="CBGR")


def test_without_a_seed_chance_is_the_machines(bureau):
    lot(2)
    assert len(drawn(bureau, seed="").seed) == 32


def test_the_record_in_hand_is_seen_whole_until_it_is_done(bureau):
    (item,) = lot(1, id_number=ONE)
    sample = drawn(bureau)
    assert not is_in_clear(bureau.section, item)
    row = reviewing.take(grant=bureau.section, sample_id=sample.id)
    assert is_in_clear(bureau.section, item)
    desk = reviewing.open_desk(bureau.section, row.pk)
    assert ONE in {one.text for one in desk.fields}
    assert reviewing.take(grant=bureau.section, sample_id=sample.id) == row
    reviewing.compare(grant=bureau.section, row_id=row.pk, verdicts=right(item))
    assert not is_in_clear(bureau.section, item)


def test_who_filed_it_does_not_compare_it(bureau):
    lot(1, grant=bureau.archivist)
    sample = drawn(bureau)
    assert reviewing.take(grant=bureau.archivist, sample_id=sample.id) is None
    assert reviewing.take(grant=bureau.second, sample_id=sample.id) is not None


def test_nobody_takes_what_lies_beyond_reach_or_in_anothers_hands(bureau):
    lot(1)
    sample = drawn(bureau)
    row = reviewing.take(grant=bureau.second, sample_id=sample.id)
    assert reviewing.take(grant=bureau.section, sample_id=sample.id) is None
    with pytest.raises(NotFound):
        reviewing.open_desk(bureau.archivist, row.pk)
    file(draft(series="CBGR"))
    other = sampling.draw(grant=bureau.archivist, quarter=now(), series="CBGR")
    assert reviewing.take(grant=bureau.section, sample_id=other.id) is None


def test_every_field_needs_a_word(bureau):
    (item,) = lot(1)
    sample = drawn(bureau)
    row = reviewing.take(grant=bureau.second, sample_id=sample.id)
    verdicts = right(item)
    verdicts.pop("person_name")
    for wrong in (verdicts, right(item) | {"nonsense": Verdict(True)}):
        with pytest.raises(Invalid, match="comparison_incomplete"):
            reviewing.compare(grant=bureau.second, row_id=row.pk, verdicts=wrong)
    reviewing.compare(grant=bureau.second, row_id=row.pk, verdicts=right(item))
    with pytest.raises(Conflict, match="comparison_done"):
        reviewing.compare(grant=bureau.second, row_id=row.pk, verdicts=right(item))


def test_all_right_closes_the_sample(bureau):
    lot(3)
    sample = drawn(bureau)
    compare_all(bureau, sample)
    assert sample.state == SampleState.COMPARED
    assert not Case.objects.exists()
    with pytest.raises(Conflict, match="sample_compared"):
        reviewing.take(grant=bureau.second, sample_id=sample.id)


def test_too_much_wrong_opens_a_case_and_widens_the_sample_once(bureau):
    lot(12)
    sample = drawn(bureau)
    first = list(sample.rows.values_list("item", flat=True))
    compare_all(bureau, sample, wrong_first=("person_name",))
    assert (sample.state, sample.size, sample.rows.count()) == (SampleState.WIDENED, 5, 5)
    assert list(sample.rows.values_list("item", flat=True))[:3] == first
    assert sampling.drawn_again(sample)
    case = Case.objects.get()
    assert (case.kind, case.owner_id, case.facts["wrong"]) == ("error_rate", bureau.id("section"), 1)
    compare_all(bureau, sample, wrong_first=("title",))
    assert (sample.state, sample.rows.count()) == (SampleState.COMPARED, 5)
    assert Case.objects.count() == 1
    result = sampling.result_of(sample)
    assert (result.records, result.wrong, result.wrong_records) == (5, 2, 2)


def test_what_should_stand_there_is_sealed(bureau):
    lot(1)
    sample = drawn(bureau)
    compare_all(bureau, sample, wrong_first=("person_name",))
    check = FieldCheck.objects.get(is_right=False)
    assert "另一名".encode() not in bytes(check.sealed_note)
    assert reviewing.note_of(check) == "另一名"


def test_what_the_description_leaves_out_is_an_error(bureau):
    (item,) = lot(1)
    sample = drawn(bureau)
    row = reviewing.take(grant=bureau.second, sample_id=sample.id)
    done = reviewing.compare(
        grant=bureau.second, row_id=row.pk, verdicts=right(item) | {LEFT_OUT: Verdict(False, "诊断")}
    )
    assert (done.wrong, done.compared) == (1, len(right(item)) + 1)


def test_what_was_destroyed_meanwhile_counts_for_nothing(bureau):
    (item,) = lot(1)
    sample = drawn(bureau)
    operations.bury(SYSTEM, items=[item.pk], list_number="XH2026-1")
    with pytest.raises(Conflict, match="sample_compared"):
        reviewing.take(grant=bureau.second, sample_id=sample.id)
    sample.refresh_from_db()
    assert sampling.result_of(sample).compared == 0
    assert sampling.drawn_again(sample)


def test_the_report_in_three_forms(bureau):
    lot(12)
    sample = drawn(bureau)
    compare_all(bureau, sample, wrong_first=("person_name",))
    made = report.report(bureau.head, sample)
    fields = sampling.result_of(sample).compared
    assert (made.result.wrong, made.is_over) == (1, True)
    assert made.exact.startswith(f"{rules.clopper_pearson(1, fields).low * 100:.2f}%")
    book = load_workbook(BytesIO(_xlsx(made)))
    cells = {str(cell.value) for row in book.active.iter_rows() for cell in row}
    assert {sample.seed, sample.frame_digest, made.exact} <= cells
    assert report.pdf(made).startswith(b"%PDF")


def _xlsx(made):
    head, *rows = report.sheet(made)
    return as_xlsx(Sheet("", head, rows))


def test_samples_of_the_quarter_that_is_over_are_drawn_by_themselves(bureau, monkeypatch):
    lot(2)
    assert sampling.draw_due() == 0
    after = now().next.first_day
    monkeypatch.setattr(clock, "today", lambda: after)
    assert sampling.draw_due() == 1
    assert sampling.draw_due() == 0
    assert Sample.objects.get().drawn_by is None
