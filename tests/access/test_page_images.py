import pytest

from yidang.access import page_images
from yidang.access.page_images import page_image
from yidang.access.page_text import lit_page
from yidang.access.query import parse
from yidang.holdings.models import Page
from yidang.identity.policy import SYSTEM
from yidang.kernel.errors import NotAllowed, NotFound
from yidang.ledger.models import LedgerEntry

from .pictures import opened, scan
from .records import ADMIN, ARCHIVIST, archive, draft, page_of

pytestmark = pytest.mark.usefixtures("scheme")


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_a_page_is_shown_upright(turned):
    (item,) = archive(draft("正文", data=scan(turned=turned), rotation=turned))
    picture = opened(page_image(ARCHIVIST, item, 1, 400).jpeg())
    assert picture.size == (400, 566)
    assert picture.getpixel((60, 60)) < 50
    assert picture.getpixel((340, 500)) > 200


def test_widths_are_few_and_never_above_the_original():
    (item,) = archive(draft("正文", data=scan()))
    assert opened(page_image(ARCHIVIST, item, 1, 150).jpeg()).size == (200, 283)
    assert page_image(ARCHIVIST, item, 1, 9999).width == 2400
    assert opened(page_image(ARCHIVIST, item, 1, 9999).jpeg()).size == (800, 1132)


def test_it_is_drawn_once_and_kept_sealed(home, monkeypatch):
    (item,) = archive(draft("正文", data=scan()))
    first = page_image(ARCHIVIST, item, 1, 400)
    drawn = first.jpeg()
    monkeypatch.setattr(page_images, "draw", None)
    again = page_image(ARCHIVIST, item, 1, 300)
    assert (again.etag, again.jpeg()) == (first.etag, drawn)
    kept = [path.read_bytes() for path in (home / "cache").rglob("*") if path.is_file()]
    assert len(kept) == 1
    assert b"JFIF" not in kept[0]


def test_the_etag_follows_turning():
    (item,) = archive(draft("正文", data=scan()))
    before = page_image(ARCHIVIST, item, 1, 400).etag
    Page.objects.filter(item=item).update(rotation=90)
    assert page_image(ARCHIVIST, item, 1, 400).etag != before
    assert page_image(ARCHIVIST, item, 1, 800).etag != before


def test_showing_a_page_is_in_the_ledger_and_a_thumbnail_is_not():
    (item,) = archive(draft("正文", data=scan()))
    rows = LedgerEntry.objects.filter(action="page.viewed", subject=item.pk)
    page_image(ARCHIVIST, item, 1, 200)
    assert not rows.exists()
    page_image(ARCHIVIST, item, 1, 800)
    assert rows.count() == 1


def test_a_page_that_is_not_there_and_a_person_who_may_not():
    (item,) = archive(draft("正文", data=scan()))
    with pytest.raises(NotFound):
        page_image(ARCHIVIST, item, 2, 400)
    with pytest.raises(NotAllowed):
        page_image(ADMIN, item, 1, 400)


def test_a_draft_has_pictures_too():
    item = page_of(draft("正文", data=scan()))
    assert page_image(SYSTEM, item, 1, 400).jpeg()


def test_words_are_lit_in_their_lines():
    (item,) = archive(draft("诊断 高血\n压二级\n无关", data=scan()))
    lines = lit_page(ARCHIVIST, item, 1, parse("高血压"))
    assert [[part.text for part in line.parts if part.is_match] for line in lines] == [["高血"], ["压"], []]
    assert ["".join(part.text for part in line.parts) for line in lines] == ["诊断 高血", "压二级", "无关"]
    assert [line.is_lit for line in lit_page(ARCHIVIST, item, 1)] == [False, False, False]
