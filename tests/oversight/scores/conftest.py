import pytest

from people import employ
from yidang.identity.policy import grant_for


@pytest.fixture(scope="session")
def history(tmp_path_factory):
    """Two years of invented claims, small."""
    from yidang.claims.generator.making import generate

    out = tmp_path_factory.mktemp("scored")
    generate(lines=6000, seed=7, out=out, workers=1)
    return out


@pytest.fixture
def inspector(db):
    return grant_for(employ("jihe", "inspector"))


@pytest.fixture
def signer(db):
    return grant_for(employ("jiheqian", "decision_signer"))
