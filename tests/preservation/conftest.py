"""A data folder of its own for every test: store, keyring, vault and staging start empty."""

from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import settings

from yidang.preservation.store import object_store


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "home"
    monkeypatch.setattr(settings, "YIDANG", replace(settings.YIDANG, home=folder, store=""))
    return folder


@pytest.fixture
def store(home: Path) -> Path:
    object_store()
    return home / "store"
