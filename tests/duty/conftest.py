import pytest

from people import employ
from yidang.identity.policy import grant_for


@pytest.fixture
def head(db):
    return grant_for(employ("zhuren", "manager"))


@pytest.fixture
def leaver(db):
    return employ("dangan", "archivist")


@pytest.fixture
def follower(db):
    return employ("xinren", "archivist")
