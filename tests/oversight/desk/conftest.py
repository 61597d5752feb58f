import pytest

from people import employ
from yidang.holdings.scheme import load_scheme
from yidang.identity.policy import grant_for
from yidang.oversight.findings import Found, FoundLine, start_run


def found(claim=1, *, rule="R18", lines=((11, 3000), (12, 2000)), **more):
    """A doubt of 50 yuan about two lines, unless told otherwise."""
    told = {"rule_version": "1", "text": "同日重复收费", "provider": "H99010000001", "month": "2026-03", "person": 7}
    lines = [FoundLine(line, fen, "002302000010000", "2026-03-02", 1.0) for line, fen in lines]
    return Found(rule=rule, claim=claim, lines=lines, **(told | more))


@pytest.fixture
def scheme(db):
    load_scheme()


@pytest.fixture
def run(db):
    return start_run(rules=[("R18", "1"), ("R19", "1")])


@pytest.fixture
def inspector(db):
    return grant_for(employ("jihe", "inspector"))


@pytest.fixture
def colleague(db):
    return grant_for(employ("jihe2", "inspector"))


@pytest.fixture
def signer(db):
    return grant_for(employ("jiheqian", "decision_signer"))
