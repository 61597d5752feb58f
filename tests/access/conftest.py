"""A data folder of its own for every test: store, keyring, vault and index start empty."""

from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import settings

from yidang.access.engine import search_index
from yidang.holdings.scheme import load_scheme


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    folder = tmp_path / "home"
    monkeypatch.setattr(settings, "YIDANG", replace(settings.YIDANG, home=folder, store=""))
    yield folder
    search_index().close()


@pytest.fixture
def scheme(db):
    load_scheme()


@pytest.fixture(autouse=True)
def plain_static_files(settings):
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "whitenoise" not in name]
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": plain}
