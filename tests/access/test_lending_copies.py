"""Certified copies: made, handed out, checked by anybody, taken back."""

from io import BytesIO

import pikepdf
import pytest
from django.test import Client
from PIL import Image

from yidang.access.certifying import take_back
from yidang.access.lending import certified
from yidang.access.lending.certified import Order, certify_copy, hand_out_copy
from yidang.access.lending.copy_checking import check_copy
from yidang.access.lending.models import Use
from yidang.kernel.errors import Conflict, Invalid, NotAllowed
from yidang.ledger.sequencing import sequence
from yidang.ledger.statements.checking import Outcome

from .lending_people import crew, foreign_record
from .visitors import visiting

pytestmark = pytest.mark.django_db
ORDER = Order(pages="1-2", purpose="personal", receiver="王小明", reason="办理补缴", persons=1)


@pytest.fixture
def people(scheme):
    return crew()


@pytest.fixture
def record(scheme):
    return foreign_record()


@pytest.fixture
def copy(people, record):
    return certify_copy(people.grant("archivist"), record.pk, order=ORDER)


@pytest.fixture
def pdf(people, copy):
    return hand_out_copy(people.grant("archivist"), copy.number)


def changed(pdf: bytes, change) -> bytes:
    sink = BytesIO()
    with pikepdf.open(BytesIO(pdf)) as opened:
        change(opened)
        opened.save(sink)
    return sink.getvalue()


def other_picture(opened: pikepdf.Pdf) -> None:
    sink = BytesIO()
    Image.new("RGB", (80, 113), "white").save(sink, "JPEG")
    image = opened.pages[0].Resources.XObject.Picture
    image.write(sink.getvalue(), filter=pikepdf.Name.DCTDecode)
    image.Width, image.Height = 80, 113


def test_it_holds_the_pages_chosen_and_a_certificate(people, record, copy, pdf):
    assert copy.pages == [1, 2]
    with pikepdf.open(BytesIO(pdf)) as opened:
        assert len(opened.pages) == 3
        assert "statement.json" in opened.attachments
    assert Use.objects.get(copy=copy).pages == 2
    assert certified.words_of(copy) == {"receiver": "王小明", "reason": "办理补缴"}


def test_anybody_finds_it_true(pdf):
    sequence()
    verdict = check_copy(pdf)
    assert (verdict.outcome, verdict.pages_agree, verdict.file_agrees) == (Outcome.VALID, True, True)


@pytest.mark.parametrize("change", [other_picture, lambda opened: opened.pages.append(opened.pages[0])])
def test_another_page_is_called_altered(pdf, change):
    sequence()
    verdict = check_copy(changed(pdf, change))
    assert (verdict.outcome, verdict.pages_agree) == (Outcome.ALTERED, False)


def test_any_other_byte_is_called_altered_too(pdf):
    sequence()
    verdict = check_copy(pdf + b"\n")
    assert (verdict.outcome, verdict.pages_agree, verdict.file_agrees) == (Outcome.ALTERED, True, False)


def test_what_was_taken_back_is_called_so(people, copy, pdf):
    sequence()
    take_back(people.grant("archivist"), copy.number, reason="error", remark="")
    assert check_copy(pdf).outcome == Outcome.REVOKED
    with pytest.raises(Conflict, match="statement_revoked_already"):
        hand_out_copy(people.grant("archivist"), copy.number)


@pytest.mark.parametrize("junk", [b"", b"no pdf", b"%PDF-1.7\n"])
def test_what_is_no_copy_is_unreadable(junk, db):
    assert check_copy(junk).outcome == Outcome.UNREADABLE


def test_pages_that_are_not_there_cannot_be_certified(people, record):
    for pages in ("3", "0", "x", ""):
        with pytest.raises(Invalid, match="copy_pages_wrong"):
            certify_copy(people.grant("archivist"), record.pk, order=Order(**vars(ORDER) | {"pages": pages}))
    with pytest.raises(Invalid, match="copy_incomplete"):
        certify_copy(people.grant("archivist"), record.pk, order=Order(**vars(ORDER) | {"receiver": " "}))


def test_who_may_not_take_records_out_certifies_none(people, record):
    for name in ("borrower", "section", "head"):
        with pytest.raises(NotAllowed):
            certify_copy(people.grant(name), record.pk, order=ORDER)


def test_over_the_pages(people, record, settings):
    desk = visiting(people.archivist)
    order = {"pages": "2", "purpose": "work", "receiver": "李四", "persons": "1"}
    made = desk.post(f"/items/{record.pk}/copies/new/", order)
    pdf = desk.get(made["Location"] + "copy.pdf").content
    assert desk.get(made["Location"]).status_code == 200
    sequence()
    stranger = Client()
    shown = stranger.post("/check/copy/", {"file": BytesIO(pdf)}).content.decode()
    assert "页面与所证明的一致" in shown
    assert record.reference_code in shown
    assert "李四" not in shown
    shown = stranger.post("/check/copy/", {"file": BytesIO(pdf + b" ")}).content.decode()
    assert "途中被改动过" in shown
    assert stranger.get("/check/copy/").status_code == 200
