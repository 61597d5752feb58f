"""Reading for a time: under a watermark, nothing to take along, and gone with the time."""

from datetime import timedelta
from io import BytesIO

import pikepdf
import pytest
from PIL import Image, ImageChops

from yidang.access.lending import watermark
from yidang.access.lending.deciding import approve_loan
from yidang.access.lending.effects import register_effect
from yidang.access.lending.models import Loan, LoanState, Use
from yidang.access.lending.opening import end_due, end_reading
from yidang.holdings.models import Hold
from yidang.kernel import clock
from yidang.kernel.errors import Conflict, Invalid, NotAllowed
from yidang.ledger.queries import history
from yidang.workflow.queries import open_tasks_for

from .lending_people import agreed, asked, crew, foreign_record, sensitive_record, told
from .visitors import visiting

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(scheme):
    return crew()


@pytest.fixture
def record(scheme):
    return foreign_record()


@pytest.fixture
def sensitive(scheme):
    return sensitive_record()


@pytest.fixture
def loan(people, record):
    return agreed(people, asked(people, record), "section")


@pytest.fixture
def desk(people):
    return visiting(people.borrower)


def image(desk, record, width=800):
    return desk.get(f"/items/{record.pk}/pages/1.jpg?w={width}")


def pass_time(loan, **span):
    Loan.objects.filter(pk=loan.pk).update(until=clock.now() - timedelta(**span))


def test_it_opens_with_the_last_agreement_and_is_held(desk, record, people):
    assert image(desk, record).status_code == 404
    loan = agreed(people, asked(people, record), "section")
    assert image(desk, record).status_code == 200
    assert Hold.objects.get(reference=loan.id).reason_code == "loan"
    assert loan.until - clock.now() > timedelta(hours=23)
    shown = [event.facts for event in history(record.pk) if event.action == "page.viewed"]
    assert shown[-1]["purpose"] == "loan"


def test_the_page_bears_who_when_and_why(desk, record, people, loan):
    text = watermark.text_of(loan)
    assert all(part in text for part in (people.borrower.display_name, "daiyu", loan.name, "工作查考"))
    lent = Image.open(BytesIO(image(desk, record).content)).convert("RGB")
    plain = Image.open(BytesIO(image(visiting(people.archivist), record).content)).convert("RGB")
    assert lent.size == plain.size
    assert ImageChops.difference(lent, plain).getbbox() is not None
    assert not ImageChops.difference(lent, watermarked(plain, text)).point(lambda v: 255 * (v > 90)).getbbox()


def watermarked(picture, text):
    sink = BytesIO()
    picture.save(sink, "JPEG", quality=95)
    return Image.open(BytesIO(watermark.marked(sink.getvalue(), text))).convert("RGB")


def test_the_mark_leaves_no_corner_free():
    white = BytesIO()
    Image.new("RGB", (1600, 2260), "white").save(white, "JPEG")
    picture = Image.open(
        BytesIO(watermark.marked(white.getvalue(), "某人 2026-01-01 08:00 工作查考 JY2026-1"))
    ).convert("L")
    for left in range(0, 1600, 400):
        for top in range(0, 2000, 500):
            assert picture.crop((left, top, left + 400, top + 500)).getextrema()[0] < 240


def test_when_the_time_is_over_the_next_request_is_refused(desk, record, loan):
    pages = [f"/items/{record.pk}/", f"/items/{record.pk}/pages/1.jpg", f"/items/{record.pk}/pages/1.json"]
    assert [desk.get(path).status_code for path in pages] == [200, 200, 200]
    assert desk.get(f"/loans/{loan.id}/left/").json()["is_open"]
    pass_time(loan, seconds=1)
    assert [desk.get(path).status_code for path in pages] == [404, 404, 404]
    assert not desk.get(f"/loans/{loan.id}/left/").json()["is_open"]


def test_the_keeper_ends_it_lifts_the_hold_and_asks_for_the_effect(people, record, loan):
    pass_time(loan, seconds=1)
    end_due()
    loan.refresh_from_db()
    assert loan.state == LoanState.OVER
    assert not Hold.objects.filter(reference=loan.id).exists()
    assert [task.kind for task in open_tasks_for(people.borrower)] == ["tell_use_effect"]
    end_due()
    assert told(loan.id).count("loan.ended") == 1


def test_it_is_given_back_early_or_taken_away(desk, people, record, loan):
    with pytest.raises(NotAllowed, match="loan_not_yours"):
        end_reading(people.grant("section"), loan_id=loan.id)
    end_reading(people.grant("archivist"), loan_id=loan.id)
    assert image(desk, record).status_code == 404
    with pytest.raises(Conflict, match="loan_step_wrong"):
        end_reading(people.grant("borrower"), loan_id=loan.id)


def test_nothing_is_taken_along_unless_it_was_allowed(desk, people, record, loan):
    assert desk.get(f"/items/{record.pk}/lent.pdf").status_code == 409
    assert desk.get(f"/items/{record.pk}/download.pdf").status_code == 403
    agreed(people, asked(people, record, with_download=True), "section", "archivist")
    pdf = b"".join(desk.get(f"/items/{record.pk}/lent.pdf"))
    with pikepdf.open(BytesIO(pdf)) as opened:
        assert len(opened.pages) == record.page_count
        assert all("/XObject" in page.Resources and len(page.Resources.XObject) > 1 for page in opened.pages)
    assert [event.facts.get("loan") for event in history(record.pk)][-1] is not None


def test_an_approver_can_leave_the_download_out(desk, people, record):
    loan = asked(people, record, with_download=True)
    approve_loan(people.grant("section"), loan_id=loan.id, with_download=False)
    approve_loan(people.grant("archivist"), loan_id=loan.id)
    assert desk.get(f"/items/{record.pk}/lent.pdf").status_code == 409


def test_the_effect_closes_it_and_stands_in_the_register(people, record, loan):
    end_reading(people.grant("borrower"), loan_id=loan.id)
    with pytest.raises(Invalid, match="use_effect_missing"):
        register_effect(people.grant("borrower"), loan_id=loan.id, effect="joy")
    register_effect(people.grant("borrower"), loan_id=loan.id, effect="benefit", note="补缴到位")
    use = Use.objects.get(loan=loan)
    assert (use.effect, use.items, use.persons, use.pages) == ("benefit", 1, 1, record.page_count)
    loan.refresh_from_db()
    assert loan.state == LoanState.CLOSED
    assert not open_tasks_for(people.borrower).exists()


def test_other_records_stay_closed(desk, sensitive, loan):
    assert image(desk, sensitive).status_code == 404
