"""A small bureau: who files, who compares, who heads the section and the archive."""

from dataclasses import dataclass, replace

import pytest
from django.conf import settings as house

from people import employ
from yidang.holdings.scheme import load_scheme
from yidang.identity.models import Staff
from yidang.identity.policy import Grant, grant_for


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setattr(house, "YIDANG", replace(house.YIDANG, home=tmp_path / "home", store=""))


@dataclass
class Bureau:
    """Everybody by the part they play; grants are made anew at each look."""

    staff: dict[str, Staff]

    def __getattr__(self, name: str) -> Grant:
        return grant_for(self.staff[name])

    def id(self, name: str):
        return self.staff[name].pk


@pytest.fixture
def bureau(db) -> Bureau:
    load_scheme()
    jobs = {
        "archivist": ("archivist", None),
        "second": ("archivist", None),
        "head": ("manager", None),
        "section": ("section_head", "dyg"),
        "clerk": ("reader", "dyg"),
    }
    return Bureau({name: employ(name, role, section) for name, (role, section) in jobs.items()})


@pytest.fixture(autouse=True)
def plain_static_files(settings):
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "whitenoise" not in name]
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": plain}
