"""Every route x every role x own and foreign department, drawn from the routes themselves.

A new route without a declared entry fails here, and so does one with an argument this page cannot fill in.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from people import CLINIC, employ
from yidang.identity.access import entry_of
from yidang.identity.departments import load_departments
from yidang.identity.models import Role
from yidang.identity.policy import Permission

from .pictures import scan
from .records import archive, draft
from .visitors import visiting

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.timeout(300)]

ITEM = "item_id"
ARGUMENTS = {
    "number": 1,
    "claim": 1,
    "key": "id_number",
    "quarter": "2026Q1",
    "step": "accept",
    "what": "deduction",
    "fonds": "J001",
    "rule": "28",
    "institution": "H33010600001",
    "form": "pdf",
    "sheet": "contents",
    "code": "J001-ZY·YB·CBGR·2026·D100-000001",
    **dict.fromkeys(
        [
            "accession_id",
            "merge_id",
            "model_id",
            "synonym_id",
            "candidate_id",
            "evidence_id",
            "import_id",
            "enrolee_id",
            "upload_id",
            "version_id",
            "address_id",
            "appraisal_id",
            "approval_id",
            "obligation_id",
            "requirement_id",
            "letter_id",
            "system_id",
            "case_id",
            "delivery_id",
            "doubt_id",
            "payment_id",
            "task_id",
            "verdict_id",
            "draft_id",
            "hand_over_id",
            "incident_id",
            "processor_id",
            "responsibility_id",
            "factor_id",
            "file_id",
            "glass_id",
            "leak_id",
            "list_id",
            "loan_id",
            "analysis_id",
            "notice_id",
            "order_id",
            "post_id",
            "release_id",
            "request_id",
            "staff_id",
            "transfer_id",
            "alarm_id",
            "alert_id",
            "box_id",
            "entry_id",
            "finding_id",
            "missing_id",
            "result_id",
            "sampled_id",
            "photo_id",
            "place_id",
            "round_id",
            "row_id",
            "sample_id",
            "sensor_id",
            "step_id",
            "subject_id",
            "appeal_id",
            "take_id",
            "view_id",
            "visit",
            "volume_id",
        ],
        uuid4(),
    ),
}
TITLES = {"own": "本科室甲材料", "foreign": "外科室乙材料"}
SEES_ALL = {Role.ARCHIVIST, Role.MANAGER}
OF_A_DEPARTMENT = {Role.READER, Role.DOCTOR, Role.SECTION_HEAD}
PLACES = {Role.READER: "dyg", Role.DOCTOR: "k-xxg", Role.SECTION_HEAD: "dyg", Role.INSTITUTION_CLERK: CLINIC}
SEES_NOTHING_YET = {Role.ACCEPTOR, Role.INSPECTOR, Role.DECISION_SIGNER}


@dataclass(frozen=True)
class Route:
    name: str
    pattern: URLPattern

    @property
    def entry(self):
        return entry_of(self.pattern.callback)

    @property
    def arguments(self) -> list[str]:
        return list(self.pattern.pattern.converters)

    @property
    def is_of_an_item(self) -> bool:
        return ITEM in self.arguments

    def url(self, item: UUID) -> str:
        return reverse(self.name, kwargs={name: item if name == ITEM else ARGUMENTS[name] for name in self.arguments})


def routes(patterns=None, space="") -> Iterator[Route]:
    for one in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(one, URLPattern):
            yield Route(space + (one.name or ""), one)
        else:
            yield from routes(one.url_patterns, space + (f"{one.namespace}:" if one.namespace else ""))


ROUTES = list(routes())
CLOSED = [route for route in ROUTES if route.entry and not route.entry.is_public]
OF_ITEMS = [route for route in CLOSED if route.is_of_an_item]


def names(some: list[Route]) -> list[str]:
    return [route.name for route in some]


@pytest.fixture
def items(scheme):
    own, foreign = archive(
        draft(
            "正文", title=TITLES["own"], data=scan(), series="DYJS", department="心内科", id_number="11010519491231002X"
        ),
        draft("别文", title=TITLES["foreign"], data=scan(), series="CBGR", department="骨科"),
    )
    return {"own": own, "foreign": foreign}


class Visitors(dict[Role, Client]):
    """Whoever is asked for comes; nobody else is employed."""

    def __missing__(self, role: Role) -> Client:
        self[role] = visiting(employ(role.replace("_", "-"), role, PLACES.get(role)))
        return self[role]


@pytest.fixture
def visitors(db) -> Visitors:
    load_departments()
    return Visitors()


def test_every_route_says_who_may_come_in():
    assert len(ROUTES) > 40
    silent = [route.name for route in ROUTES if route.entry is None]
    assert not silent, f"declare these with permission_required, signed_in or public: {silent}"


def test_every_argument_of_a_route_is_known_here():
    unknown = {name for route in ROUTES for name in route.arguments} - {ITEM, *ARGUMENTS}
    assert not unknown, f"say in ARGUMENTS what to fill in for {unknown}"


def test_what_is_open_to_everybody_is_a_short_list():
    assert {route.name for route in ROUTES if route.entry and route.entry.is_public} == {
        "collection_api:cases",
        "collection_api:case",
        "collection_api:materials",
        "identity:passkey_options",
        "identity:passkey_sign_in",
        "identity:second",
        "identity:sign_in",
        "identity:sign_out",
        "identity:sso",
        "identity:sso_back",
        "language",
        "ledger:check",
        "ledger:check_offline",
        "ledger:revocations",
        "lending:check_copy",
        "openapi",
        "oversight_api:advice",
        "oversight_api:precheck",
        "storeroom:readings",
        "traces_api:scan",
        "trust",
        "trust_file",
    }


def test_the_route_of_an_item_asks_for_a_permission_on_records():
    assert len(OF_ITEMS) > 10
    assert all(route.entry.permissions for route in OF_ITEMS), names(OF_ITEMS)


def test_without_signing_in_every_closed_route_leads_to_the_door(items):
    for route in CLOSED:
        for answer in answers(Client(), route.url(items["own"].pk)):
            assert answer.status_code in {302, 405}, route.name
            assert answer.status_code == 405 or "/sign-in/" in answer["Location"], route.name


@pytest.mark.parametrize("role", list(Role))
def test_a_role_without_the_permission_is_refused_and_shown_nothing(role, items, visitors):
    client = visitors[role]
    refused = [route for route in CLOSED if not route.entry.lets_in(client.grant)]
    for route in refused:
        codes = {one.status_code for one in answers(client, route.url(items["own"].pk), items["own"])}
        assert codes <= {403, 405}, (route.name, codes)
        assert 403 in codes, route.name


@pytest.mark.parametrize("role", list(Role))
def test_what_a_role_may_open_opens(role, items, visitors):
    """Nothing breaks, and nobody is refused behind an open door but for another's things."""
    client = visitors[role]
    for route in CLOSED:
        if route.entry.lets_in(client.grant):
            answer = client.get(route.url(items["own"].pk))
            assert answer.status_code < 500, route.name
            if route.is_of_an_item and role not in SEES_NOTHING_YET and answer.status_code != 405:
                assert answer.status_code in {200, 302, 409, 422}, (route.name, answer.status_code)


@pytest.mark.parametrize("role", sorted(OF_A_DEPARTMENT | SEES_NOTHING_YET))
def test_a_foreign_department_is_as_if_it_were_not_there(role, items, visitors):
    client, item = visitors[role], items["foreign"]
    for route in OF_ITEMS:
        expected = {404} if route.entry.lets_in(client.grant) else {403}
        codes = {one.status_code for one in answers(client, route.url(item.pk), item)}
        assert codes - {405} == expected, (route.name, codes)


@pytest.mark.parametrize("role", list(Role))
def test_lists_and_searches_show_the_own_department_alone(role, items, visitors):
    client = visitors[role]
    shown = {"own", "foreign"} if role in SEES_ALL else {"own"} if role in OF_A_DEPARTMENT else set()
    for route in (one for one in CLOSED if not one.arguments):
        body = client.get(reverse(route.name)).content.decode(errors="replace")
        for side in TITLES.keys() - shown:
            assert TITLES[side] not in body, route.name
            # The audit log names records by their code, and shows nothing of them.
            assert route.name == "access:audit" or items[side].reference_code not in body, route.name
    if client.grant.allows(Permission.VIEW_RECORDS):
        body = client.post("/search/", {"q": "材料"}, follow=True).content.decode()
        assert {side for side, item in items.items() if item.reference_code in body} == shown


def answers(client: Client, url: str, secret=None):
    """Asked for by a browser, sent by a program: both faces of a refusal."""
    for answer in (client.get(url), client.post(url, headers={"Accept": "application/json"})):
        if secret is not None and answer.status_code != 405:
            body = answer.content.decode(errors="replace")
            assert secret.reference_code not in body, url
            assert not any(title in body for title in TITLES.values()), url
        yield answer
