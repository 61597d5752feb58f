"""Every rule of the book does what its own cases say, on one session of DuckDB."""

import pytest

from yidang.oversight.analytics import duck, runner
from yidang.oversight.analytics.schema import tables
from yidang.oversight.rules.loading import book
from yidang.oversight.rules.worlds import found_wanting, world


@pytest.fixture(scope="module")
def doubts():
    with duck.opened(memory="500MB") as session:
        told = world(book()).tables
        for name in tables():
            session.fill(name, told.get(name, []))
        runner.judge_all(session, book())
        yield session.rows("SELECT DISTINCT rule, claim, line FROM doubts")


def test_the_catalogue_is_whole():
    assert [rule.id for rule in book()] == [f"{number:02d}" for number in range(1, 57)]


def test_each_rule_does_what_its_cases_say(doubts):
    assert found_wanting(book(), doubts) == []
