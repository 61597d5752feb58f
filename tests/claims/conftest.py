import csv
import json
import shutil
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from people import employ
from settlements import LINE, PERSON, SETTLEMENT
from yidang.identity.factors import HAS_PROVED
from yidang.identity.policy import system_grant


@pytest.fixture(autouse=True)
def no_history():
    """Each test begins with an empty history; the database is emptied by itself."""
    yield
    shutil.rmtree(Path(settings.YIDANG.home) / "analytics", ignore_errors=True)


@pytest.fixture
def sheets(tmp_path):
    """Writes `<table>.csv` files into a folder of its own and gives the folder."""

    def write(**tables):
        folder = tmp_path / f"in{len(list(tmp_path.iterdir()))}"
        folder.mkdir()
        for table, rows in tables.items():
            with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, list(rows[0]))
                writer.writeheader()
                writer.writerows(rows)
        return folder

    return write


@pytest.fixture
def messages(tmp_path):
    def write(*given):
        path = tmp_path / f"m{len(list(tmp_path.iterdir()))}.json"
        path.write_text(json.dumps(given), encoding="utf-8")
        return path

    return write


@pytest.fixture
def whole(sheets):
    return sheets(settlements=[SETTLEMENT], lines=[LINE], persons=[PERSON])


@pytest.fixture
def importer(db):
    return system_grant("test")


@pytest.fixture
def visit(db, settings):
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "whitenoise" not in name]
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": plain}

    def visiting(role) -> Client:
        client = Client()
        client.force_login(employ(f"x{role}", role))
        session = client.session
        session[HAS_PROVED] = True
        session.save()
        return client

    return visiting
