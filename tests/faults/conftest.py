"""`FAULTS=full` (which `make faults` sets) runs the long campaign; without it those tests are left out."""

import pytest

from harness import Archive
from scale import IS_FULL


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if IS_FULL:
        return
    long = [item for item in items if item.get_closest_marker("faults")]
    items[:] = [item for item in items if item not in long]
    config.hook.pytest_deselected(items=long)


@pytest.fixture
def archive():
    made = Archive(settings={"ocr_workers": 1, "job_workers": 2, "web_workers": 1, "filing_confidence": 0})
    yield made
    made.remove()
