"""A storeroom with one room, a row, two shelves, and the people who walk about in it."""

from dataclasses import dataclass, replace

import pytest
from django.conf import settings

from people import employ
from yidang.holdings.scheme import load_scheme
from yidang.identity.models import Staff
from yidang.identity.policy import Grant, grant_for
from yidang.storeroom.keeping import making
from yidang.storeroom.models import Place


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setattr(settings, "YIDANG", replace(settings.YIDANG, home=tmp_path / "home", store=""))
    (tmp_path / "home" / "run").mkdir(parents=True)


@pytest.fixture(autouse=True)
def plain_static(settings):
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "whitenoise" not in name]
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": plain}


@dataclass
class Store:
    staff: dict[str, Staff]

    def __getattr__(self, name: str) -> Grant:
        return grant_for(self.staff[name])

    @property
    def room(self) -> Place:
        return Place.objects.get(code="K1")


@pytest.fixture
def store(db) -> Store:
    load_scheme()
    jobs = {"keeper": "storekeeper", "head": "manager", "doctor": "doctor"}
    departments = {"doctor": "k-xxg"}
    made = Store({name: employ(name, role, departments.get(name)) for name, role in jobs.items()})
    making.make_room(made.keeper, code="K1", name="一号库", zone="store")
    making.make_parts(made.keeper, parent="K1", first=1, last=1)
    making.make_parts(made.keeper, parent="K1-01", first=1, last=2, capacity=3)
    return made
