"""Claims and the credit archive know a person by blind index; both follow a new version, the archive first."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.conf import settings

from yidang.claims.models import Enrolee
from yidang.credit import standing
from yidang.crypto import rotation
from yidang.crypto.fields import blind_index, seal_json
from yidang.kernel import clock

from .conftest import ID_NUMBER


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setattr(settings, "YIDANG", replace(settings.YIDANG, home=tmp_path / "home", store=""))


def enrolee() -> Enrolee:
    made = uuid4()
    words = seal_json({"id_number": ID_NUMBER}, table="claims_enrolee", row=str(made), field="")
    index = blind_index("id_number", ID_NUMBER)
    return Enrolee.objects.create(id=made, person=5, sealed=words, id_index=index, updated_at=clock.now())


def test_a_suspended_person_stays_suspended(bureau, monkeypatch):
    person = enrolee()
    bureau.suspend_person(months=3)
    rotation.begin(["index"])
    assert standing.of_person(5).stops()
    later = clock.now() + timedelta(minutes=5)
    with monkeypatch.context() as patch:
        patch.setattr(clock, "now", lambda: later)
        while rotation.advance():
            pass
    assert standing.of_person(5).stops()
    person.refresh_from_db()
    assert bytes(person.id_index) == blind_index("id_number", ID_NUMBER)
    assert next(one for one in rotation.state() if one.family == "index").old == []
