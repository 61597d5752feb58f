"""The API, tried by schemathesis from its own description: no fault, and no status that is not written there.

A short run in every suite; FAULTS=full makes it long.
"""

import os

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import response_schema_conformance, status_code_conformance

from access.pictures import scan
from access.records import archive, draft
from yidang.identity.models import Role
from yidang.ledger.operations import sequence
from yidang.site.openapi.describing import description

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(900), pytest.mark.filterwarnings("ignore")]

EXAMPLES = 300 if os.environ.get("FAULTS") == "full" else 6
CHECKS = [not_a_server_error, status_code_conformance, response_schema_conformance]
TOKEN = "t" * 32


def without_keys(said: dict) -> dict:
    """The session and the token are ours to give; else schemathesis makes them up."""
    for ways in said["paths"].values():
        for operation in ways.values():
            operation.pop("security")
    return said


OPERATIONS = [one.ok() for one in schemathesis.openapi.from_dict(without_keys(description())).get_all_operations()]
QUICKLY = settings(
    max_examples=EXAMPLES,
    deadline=None,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture
def item(scheme):
    made = archive(draft("正文", title="材料", data=scan()))[0]
    sequence()
    return made


@pytest.fixture
def app():
    """As Django's own client does it: a request's end is not the end of the test's connection."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield get_wsgi_application()
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.mark.parametrize("role", [Role.ARCHIVIST, None], ids=["archivist", "nobody"])
def test_whatever_is_sent_is_answered_as_described(role, app, item, visitors):
    session = {"sessionid": visitors[role].cookies["sessionid"].value} if role else {}
    seen = {}
    for operation in OPERATIONS:
        seen[operation.label] = attack(app, operation, item, {"csrftoken": TOKEN, **session})
    # Behind the door things were really tried, and before it nothing opened.
    assert (200 in seen["GET /items/{item_id}/proof.json"]) == bool(role)


def attack(app, operation, item, cookies) -> set[int]:
    """What it answered. Half of what is sent fits the description, half does not."""
    fitting, unfit = (operation.as_strategy(generation_mode=mode) for mode in GenerationMode)
    headers, seen = {"Accept": "application/json", "X-CSRFToken": TOKEN}, set()

    @QUICKLY
    @given(fitting | unfit)
    def send(case):
        if "item_id" in case.path_parameters:
            case.path_parameters["item_id"] = str(item.pk)
        with transaction.atomic():
            answer = case.call_and_validate(headers=headers, cookies=cookies, checks=CHECKS, app=app)
        seen.add(answer.status_code)

    send()
    return seen
