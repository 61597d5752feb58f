import dataclasses
from pathlib import Path

import pytest


@pytest.fixture
def home(tmp_path: Path, settings: object) -> Path:
    """A data folder of the test's own."""
    settings.YIDANG = dataclasses.replace(settings.YIDANG, home=tmp_path / "home")
    return tmp_path / "home"
