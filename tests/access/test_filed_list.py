"""The list behind a figure: filed records, cut by year of filing or by being on paper alone."""

import pytest

from people import employ
from yidang.holdings.filed import Cut, filed
from yidang.holdings.models import Hold, Item
from yidang.kernel.clock import now

from .records import ARCHIVIST, archive, draft, reader
from .visitors import visiting

pytestmark = pytest.mark.usefixtures("scheme")


def test_the_newest_first_of_one_year_and_of_ones_own(monkeypatch):
    (first,), (foreign,), (second,) = (archive(one) for one in (draft("甲"), draft("乙", series="DYJS"), draft("丙")))
    Item.objects.filter(pk=first.pk).update(filed_at=now().replace(year=2020))
    this_year = now().year
    assert list(filed(ARCHIVIST, Cut(year=this_year)).items) == [second, foreign]
    assert list(filed(ARCHIVIST, Cut(year=2020)).items) == [first]
    assert list(filed(reader("cbg")).items) == [second, first]
    Item.objects.filter(pk=second.pk).update(year=2019, term="D10")
    assert list(filed(ARCHIVIST, Cut(formed=2019, term="D10")).items) == [second]
    assert second not in filed(ARCHIVIST, Cut(term="Y")).items
    monkeypatch.setattr("yidang.holdings.filed.PER_PAGE", 2)
    assert (filed(ARCHIVIST).next, filed(ARCHIVIST, number=2).next) == (2, 0)
    assert list(filed(ARCHIVIST, number=2).items) == [first]


def test_the_pages_show_them_and_odd_numbers_break_nothing():
    scanned, on_paper = archive(draft("甲"), draft("乙"))
    Item.objects.filter(pk=on_paper.pk).update(is_paper_only=True)
    client = visiting(employ("dangan", "archivist"))
    shown = client.get("/holdings/filed/?paper=yes").content.decode()
    assert on_paper.reference_code in shown
    assert scanned.reference_code not in shown
    assert scanned.reference_code in client.get(f"/holdings/filed/?year={now().year}").content.decode()
    assert "没有符合条件的档案" in client.get("/holdings/filed/?year=1999").content.decode()
    odd_years = ("year=0", "year=99999", "year=x", "formed=x", "formed=2020&term=D7")
    for odd in (*odd_years, "page=0", "page=999999", "page=-3", "paper=no"):
        assert client.get(f"/holdings/filed/?{odd}").status_code == 200, odd


def test_a_record_on_hold_says_so_to_whoever_describes_it_and_to_nobody_else():
    (item,) = archive(draft("甲"))
    archivist, doctor = visiting(employ("dangan", "archivist")), visiting(employ("kezhang", "section_head", "cbg"))
    assert "冻结中" not in archivist.get(f"/items/{item.pk}/").content.decode()
    Hold.objects.create(item=item, room="disposition", reason_code="case", placed_at=now())
    shown = archivist.get(f"/items/{item.pk}/").content.decode()
    assert "冻结中" in shown
    assert "/move/" not in shown
    assert "冻结中" not in doctor.get(f"/items/{item.pk}/").content.decode()
