"""Each test that writes the log's files has a data folder of its own: the database is emptied between tests too."""

import dataclasses
from pathlib import Path

import pytest


@pytest.fixture
def home(tmp_path: Path, settings: object) -> Path:
    settings.YIDANG = dataclasses.replace(settings.YIDANG, home=tmp_path)
    return tmp_path


@pytest.fixture
def log(home: Path, transactional_db: None) -> Path:
    return home / "ledger"
