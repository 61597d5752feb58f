"""A frame becomes a page: edges found at any tilt, blur and glare refused, pages in the order of the checklist."""

from dataclasses import replace
from uuid import uuid4

import cv2
import numpy as np
import pytest
from django.conf import settings as house
from hypothesis import given
from hypothesis import settings as pace
from hypothesis import strategies as st

from people import employ
from yidang.collection.capture import checklist
from yidang.collection.capture.cases import MARK, case_named, words_of
from yidang.collection.counter import taking
from yidang.collection.counter.picture import corners, page_of
from yidang.holdings.scheme import load_scheme
from yidang.identity.policy import grant_for
from yidang.intake.models import Accession
from yidang.intake.operations import close_accession
from yidang.intake.sealed import path_of
from yidang.kernel.clock import today
from yidang.kernel.errors import Conflict, Invalid, NotAllowed, NotFound

PAGE = (700, 990)


def sheet() -> np.ndarray:
    page = np.full((PAGE[1], PAGE[0], 3), 236, np.uint8)
    for line in range(60, 930, 30):
        cv2.putText(page, f"YIDANG {line} settlement 2026", (40, line), cv2.FONT_HERSHEY_SIMPLEX, 0.7, (30, 30, 30), 2)
    return page


def on_a_desk(tilt: float = 0.0, lean: float = 0.0) -> tuple[np.ndarray, np.ndarray]:
    """A frame of 1600 x 1200 and where the page's corners lie in it."""
    frame = np.full((1200, 1600, 3), 60, np.uint8)
    turn = cv2.getRotationMatrix2D((800, 600), tilt, 1.0)
    flat = np.array([[450, 105], [1150 - lean, 105 + lean], [1150, 1095], [450, 1095]], np.float32)
    there = cv2.transform(flat[None], turn)[0].astype(np.float32)
    source = np.array([[0, 0], [PAGE[0], 0], [PAGE[0], PAGE[1]], [0, PAGE[1]]], np.float32)
    laid = cv2.warpPerspective(sheet(), cv2.getPerspectiveTransform(source, there), (1600, 1200))
    mask = cv2.fillConvexPoly(np.zeros((1200, 1600), np.uint8), there.astype(int), 255)
    frame[mask > 0] = laid[mask > 0]
    return frame, there


def jpeg(picture: np.ndarray) -> bytes:
    return cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, 92])[1].tobytes()


@pace(max_examples=25)
@given(st.floats(-20, 20), st.floats(0, 60))
def test_the_corners_are_found_within_a_few_pixels(tilt, lean):
    frame, there = on_a_desk(tilt, lean)
    found = corners(frame)
    assert found is not None
    assert max(np.min(np.linalg.norm(there - one, axis=1)) for one in found) < 12


def test_the_desk_is_cut_away_and_the_page_upright():
    taken = page_of(jpeg(on_a_desk(7.0)[0]))
    assert taken.is_cut
    assert abs(taken.width / taken.height - PAGE[0] / PAGE[1]) < 0.03
    flat = cv2.imdecode(np.frombuffer(taken.jpeg, np.uint8), cv2.IMREAD_GRAYSCALE)
    assert flat[5:-5, 5:-5].mean() > 180  # nothing of the dark desk


def test_a_page_that_fills_the_frame_is_kept_as_it_is():
    assert not page_of(jpeg(sheet())).is_cut


def test_blur_is_refused():
    with pytest.raises(Invalid) as refused:
        page_of(jpeg(cv2.GaussianBlur(on_a_desk()[0], (31, 31), 9)))
    assert refused.value.code == "picture_blurred"


def test_a_lamp_on_the_page_is_refused():
    frame = (on_a_desk()[0] * 0.8).astype(np.uint8)
    cv2.circle(frame, (800, 500), 150, (255, 255, 255), -1)
    with pytest.raises(Invalid) as refused:
        page_of(jpeg(frame))
    assert refused.value.code == "picture_glare"


@pytest.mark.parametrize("data", [b"", b"\xff\xd8 no picture", b"%PDF-1.4", b"\xff\xd8" + bytes(13 * 2**20)])
def test_what_is_no_picture_is_named(data):
    with pytest.raises(Invalid) as refused:
        page_of(data)
    assert refused.value.code in {"picture_unreadable", "picture_too_large"}


@pytest.fixture
def clerk(db, tmp_path, monkeypatch):
    monkeypatch.setattr(house, "YIDANG", replace(house.YIDANG, home=tmp_path / "home", store=""))
    load_scheme()
    return grant_for(employ("guitai", "archivist"))


def take(clerk, sitting, *materials):
    picture = jpeg(on_a_desk()[0])
    for material in materials:
        taking.take_page(grant=clerk, accession_id=sitting.pk, material=material, data=picture)
    return taking.open_at_counter(clerk, sitting.pk)


def opened(clerk):
    return taking.open_case(grant=clerk, series="DYJS", year=today().year)


def test_pages_stand_in_the_order_of_the_checklist(clerk):
    sitting = opened(clerk)
    lines = taking.lines_with_pages(sitting)
    assert lines[0].name
    assert any(line.is_required for line in lines)
    sitting = take(clerk, sitting, 2, 1, 2)
    names = sorted(path_of(file).rpartition("/")[2] for file in sitting.accession.files.all())
    assert names == ["01-001.jpg", "02-001.jpg", "02-002.jpg"]
    assert [line.pages for line in taking.lines_with_pages(sitting)][:2] == [1, 2]
    assert all(line.number not in {1, 2} for line in taking.missing(taking.lines_with_pages(sitting)))


def test_what_was_taken_ticks_the_checklist_of_its_case(clerk):
    sitting = take(clerk, opened(clerk), 1)
    first, *others = taking.lines_with_pages(sitting)
    case = taking.finish(grant=clerk, accession_id=sitting.pk)
    assert (case.accession_id, case.has_electronic) == (sitting.pk, True)
    assert list(case.materials.filter(state="there").values_list("name", flat=True)) == [first.name]
    lacking = [line.name for line in others if line.is_required]
    assert [one.name for one in checklist.missing(case)] == lacking


def test_what_a_case_lacked_is_taken_for_it_later(clerk):
    case = taking.finish(grant=clerk, accession_id=take(clerk, opened(clerk), 1).pk)
    lacking = checklist.missing(case)[0]
    assert case_named(words_of(case).number) == case_named(f"{MARK}{case.pk}") == case
    later = taking.open_for_case(grant=clerk, case=case)
    assert [line.is_required for line in taking.lines_with_pages(later) if line.number == lacking.position] == [True]
    assert taking.first_wanted(taking.lines_with_pages(later)) == lacking.position
    take(clerk, later, lacking.position)
    assert taking.finish(grant=clerk, accession_id=later.pk) == case
    assert lacking.name not in [one.name for one in checklist.missing(case)]
    assert case.sittings.get().accession_id == later.pk


def test_what_is_refused_leaves_nothing(clerk):
    sitting = opened(clerk)
    blurred = jpeg(cv2.GaussianBlur(on_a_desk()[0], (31, 31), 9))
    for material, data in ((1, blurred), (99, jpeg(sheet()))):
        with pytest.raises(Invalid):
            taking.take_page(grant=clerk, accession_id=sitting.pk, material=material, data=data)
    assert not sitting.accession.files.exists()
    with pytest.raises(Conflict, match="counter_empty"):
        taking.finish(grant=clerk, accession_id=sitting.pk)
    close_accession(grant=clerk, accession_id=sitting.pk)
    with pytest.raises(Conflict):
        taking.take_page(grant=clerk, accession_id=sitting.pk, material=1, data=jpeg(sheet()))


def test_other_accessions_and_other_people_are_refused(clerk):
    with pytest.raises(NotFound):
        taking.open_at_counter(clerk, uuid4())
    with pytest.raises(NotAllowed):
        taking.open_case(grant=grant_for(employ("duzhe", "reader", "cbg")), series="DYJS", year=today().year)
    assert not Accession.objects.exists()
