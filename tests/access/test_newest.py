"""What a reader finds on arriving: numbers and newest records of the own reach alone."""

import pytest

from yidang.access.newest import newest_open_to
from yidang.holdings.changes import note_changes
from yidang.holdings.models import ItemScope
from yidang.kernel.errors import Unavailable
from yidang.site.queries import day_of

from .records import archive, draft, reader

pytestmark = pytest.mark.usefixtures("scheme")


def test_only_the_own_departments_records_are_counted_and_shown_newest_first():
    (first,), (foreign,), (second,) = (archive(one) for one in (draft("甲"), draft("乙", series="DYJS"), draft("丙")))
    told = newest_open_to(reader("cbg"), 5)
    assert (told.total, list(told.items)) == (2, [second, first])
    assert newest_open_to(reader("dyg"), 5).items == [foreign]
    assert newest_open_to(reader("cwg"), 5).total == 0
    assert newest_open_to(reader("cbg"), 1).total == 2


def test_what_was_moved_out_of_sight_a_moment_ago_is_neither_counted_nor_shown():
    kept, moved = archive(draft("甲"), draft("乙"))
    ItemScope.objects.filter(item=moved, kind="section").update(value="dyg")
    note_changes([moved.pk])
    told = newest_open_to(reader("cbg"), 5)
    assert (told.total, list(told.items)) == (1, [kept])


def test_a_broken_index_leaves_the_page_standing(monkeypatch):
    def broken(*_told, **_more):
        raise Unavailable("index_unreadable")

    monkeypatch.setattr("yidang.site.queries.newest_open_to", broken)
    told = day_of(reader("cbg")).records
    assert (told.filed, list(told.newest)) == (None, [])
