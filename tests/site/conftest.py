import pytest

from harness import Archive


@pytest.fixture
def archive():
    made = Archive()
    yield made
    made.remove()
