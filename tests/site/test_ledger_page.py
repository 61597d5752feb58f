"""The ledger's page: who may open it, and what it says of those outside."""

import dataclasses
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from ledger.outside import witness_of
from people import employ
from yidang.ledger.anchoring.work import anchor_due
from yidang.ledger.operations import append, sequence

pytestmark = pytest.mark.django_db(transaction=True)
DEPARTMENTS = {"reader": "dyg", "doctor": "k-xxg"}
OPEN_TO = {"system_admin", "security_admin", "audit_admin"}


@pytest.fixture(autouse=True)
def plain_static_files(settings: Any) -> None:
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "whitenoise" not in name]
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": plain}


@pytest.fixture
def ledger(tmp_path: Path, settings: Any) -> Path:
    settings.YIDANG = dataclasses.replace(
        settings.YIDANG, home=tmp_path / "home", witness_seconds=1, second_factor_roles="none"
    )
    with transaction.atomic():
        append(action="page.viewed", actor="u1")
    sequence()
    return tmp_path / "home" / "ledger"


def page(role: str = "audit_admin") -> tuple[int, str]:
    client = Client()
    with transaction.atomic():
        staff = employ(role, role, DEPARTMENTS.get(role))
    client.force_login(staff)
    answer = client.get("/ledger/")
    return answer.status_code, answer.content.decode()


@pytest.mark.parametrize("role", ["archivist", "reader", "doctor", "manager", *sorted(OPEN_TO)])
def test_it_is_open_to_those_who_watch(ledger: Path, role: str) -> None:
    status, text = page(role)
    assert status == (200 if role in OPEN_TO else 403)
    assert ("yidang/" in text) == (role in OPEN_TO)


def test_without_witnesses_it_warns(ledger: Path) -> None:
    assert "YIDANG_WITNESSES" in page()[1]


def test_with_a_witness_it_says_how_far(ledger: Path, tmp_path: Path, settings: Any) -> None:
    with witness_of(ledger, tmp_path / "witness") as setting:
        settings.YIDANG = dataclasses.replace(settings.YIDANG, witnesses=setting)
        anchor_due()
    text = page()[1]
    assert "witness.example/1" in text
    assert "YIDANG_WITNESSES" not in text


def test_a_witness_out_of_reach_is_named_with_its_trouble(ledger: Path, tmp_path: Path, settings: Any) -> None:
    with witness_of(ledger, tmp_path / "witness") as setting:
        pass
    settings.YIDANG = dataclasses.replace(settings.YIDANG, witnesses=setting)
    anchor_due()
    assert "ConnectionRefusedError" in page()[1]
