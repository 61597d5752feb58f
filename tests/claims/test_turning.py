"""What an import sealed and indexed is made anew with everything else when keys turn."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.conf import settings

from yidang.claims.importing.operations import import_claims
from yidang.claims.models import Enrolee, Settlement
from yidang.claims.queries import find_person
from yidang.claims.sealed import opened, words_of
from yidang.crypto import custody, rotation
from yidang.kernel import clock

NUMBER = "11010519491231002X"


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setattr(settings, "YIDANG", replace(settings.YIDANG, home=tmp_path / "home", store=""))


def test_everything_opens_and_is_found_under_a_new_root_key(importer, whole, monkeypatch):
    import_claims(grant=importer, path=whole)
    custody.replace_root("file")
    assert words_of(find_person(importer, NUMBER))["name"] == "张三丰"
    later = clock.now() + timedelta(minutes=5)
    with monkeypatch.context() as patch:
        patch.setattr(clock, "now", lambda: later)
        while rotation.advance():
            pass
    assert [one.family for one in rotation.state() if one.old] == []
    assert words_of(find_person(importer, NUMBER))["name"] == "张三丰"
    assert opened(Settlement.objects.get())["main"] == "I10.x00"
    assert import_claims(grant=importer, path=whole).quarantined == []
    assert Enrolee.objects.count() == 1
