"""Each test that writes the log's files has a data folder of its own: the database is emptied between tests too."""

import dataclasses
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import pytest
from django.db import transaction

from yidang.ledger.events import NewEvent
from yidang.ledger.operations import append_many

Append = Callable[[int], list[UUID]]


@pytest.fixture
def home(tmp_path: Path, settings: object) -> Path:
    settings.YIDANG = dataclasses.replace(settings.YIDANG, home=tmp_path / "home")
    return tmp_path / "home"


@pytest.fixture
def log(home: Path, transactional_db: None) -> Path:
    """The folder of a log not yet made."""
    return home / "ledger"


@pytest.fixture
def append() -> Append:
    def append(count: int) -> list[UUID]:
        with transaction.atomic():
            return append_many([NewEvent(action="page.viewed", actor="u1", facts={"n": n}) for n in range(count)])

    return append


@pytest.fixture
def keep_with(home: Path, settings: object) -> Callable[..., None]:
    """Sets settings of the archive, besides its data folder."""

    def keep_with(**values: object) -> None:
        settings.YIDANG = dataclasses.replace(settings.YIDANG, **values)

    return keep_with
