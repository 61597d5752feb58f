"""What nobody types: every parameter of every route filled with what breaks parsers, markup or rows of others."""

from dataclasses import replace
from itertools import product

import pytest
from attacks import PARAMETERS, read_by, urls
from django.test import Client
from django.urls import reverse

from access.pictures import scan
from access.records import archive, draft
from scale import IS_FULL, many
from yidang.holdings.models import Item
from yidang.identity.models import Post, Role, Staff
from yidang.intake.operations import open_accession
from yidang.ledger.operations import sequence

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.timeout(300)]

MARKUP = "\"'><script>alert(1)</script><img src=x onerror=alert(1)>{{7*7}}${7*7}"
ODD = [
    "\0",
    "9" * 5000,
    "2026-13-45",
    "-1",
    "１２",
    "1e999",
    "NaN",
    "\ud800",
    "%00",
    "' OR 1=1 --",
    "\r\nSet-Cookie: a=b",
    "🗄" * 300,
]
ODD += ["0001-01-01", "99999-01-01", "null", "[]", "{", "../../etc/passwd", "a" * 20_000]
MEDIA_TYPES = ("application/json", "application/octet-stream", "multipart/form-data; boundary=x")


@pytest.fixture
def item(scheme):
    fields = {"institution_name": MARKUP, "person_name": MARKUP}
    one = draft("正文" + MARKUP, title=MARKUP, data=scan(), department=MARKUP, **fields)
    made = archive(replace(one, files=[replace(one.files[0], name=MARKUP + ".jpg")]))[0]
    Staff.objects.create(username="attacker", display_name=MARKUP[:60])
    sequence()
    return made


def is_clean(answer) -> bool:
    """Markup came back as text, or not at all; JSON and files are no pages, and are told apart by their type."""
    if not answer.get("Content-Type", "").startswith(("text/html", "image/svg")):
        return answer["X-Content-Type-Options"] == "nosniff" if "X-Content-Type-Options" in answer else True
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return b"<script>alert" not in body and b"<img src=x" not in body and b"\"'><" not in body


@pytest.mark.parametrize(
    "role", [Role.ARCHIVIST, Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN][: many(2, 4)]
)
def test_markup_in_every_field_stays_text(role, item, visitors):
    """Titles, names, file names and what is typed into every parameter: shown, never obeyed."""
    client = visitors[role]
    everything = dict.fromkeys(PARAMETERS, MARKUP)
    dirty = []
    for route, url in urls(item.pk):
        if route.name != "identity:sign_out":
            for answer in (client.get(url), client.get(url, everything), client.post(url, everything, follow=True)):
                dirty += [] if is_clean(answer) else [route.name]
    assert dirty == []


def broken(client: Client, item: Item, value: str, method: str) -> list[str]:
    """Routes that answered with a failure of their own."""
    client.raise_request_exception = False
    found = []
    for route, url in urls(item.pk):
        if route.name == "identity:sign_out":
            continue
        try:
            if getattr(client, method)(url, dict.fromkeys(read_by(route), value)).status_code == 500:
                found.append(route.name)
        except UnicodeEncodeError:  # the test's own client cannot say it
            continue
    return found


# Both ways look at what is given before a view does: the short run tries each way with another kind of nonsense.
SHORT = [("\0", "get"), ("9" * 5000, "post")]
TRIALS = list(product(ODD, ("get", "post"))) if IS_FULL else SHORT


@pytest.mark.parametrize(("value", "method"), TRIALS, ids=[f"{ascii(value)[:20]}-{method}" for value, method in TRIALS])
def test_odd_values_are_refused_and_break_nothing(item, visitors, value, method):
    assert broken(visitors[Role.ARCHIVIST], item, value, method) == []


BODIES = [b"[" * 200_000, b'{"offset": 1e999, "size": 1, "path": ""}', b"\xff\xfe", b"", b'{"a":' * 100_000, b"null"]
BODIES += [b"[]", b"1" * 10_000, b'{"path": "\\ud800\\u0000", "offset": 0, "size": 1e300}']
BODIES += [b'{"id": 5, "response": []}']
READ_BODIES = {"passkey_sign_in", "again_passkey", "passkey_add", "receive", "open", "language", "columns"}


def test_odd_bodies_are_refused_and_break_nothing(item, visitors):
    client = visitors[Role.ARCHIVIST]
    client.raise_request_exception = False
    accession = open_accession(grant=client.grant, series="CBGR", year=2026, channel="browser").id
    failed = set()
    routes = [(route.name, url) for route, url in urls(item.pk) if route.name.rpartition(":")[2] in READ_BODIES]
    routes.append(("receive", reverse("intake:receive", args=[accession])))
    for body in BODIES:
        heading = len(body).to_bytes(4, "big") + body
        for (name, url), media_type, data in product(routes, MEDIA_TYPES, (body, heading)):
            if client.generic("POST", url, data, content_type=media_type).status_code == 500:
                failed.add((name, ascii(body)[:20]))
    assert failed == set()


LIFTING = {
    "duty": "system",
    "role": "system_admin",
    "is_active": "1",
    "is_superuser": "1",
    "username": "root",
    "security_class": "public",
    "version": "9",
}


def test_nobody_lifts_oneself_by_fields_a_form_does_not_have(item, visitors):
    """Mass assignment: every column of a person, a post and a record, posted to every route by a reader."""
    client = visitors[Role.READER]
    own = Staff.objects.get(pk=client.grant.staff_id)
    before = (own.duty, own.role, own.is_active, own.username, list(own.posts.values_list("role", flat=True)))
    record = Item.objects.filter(pk=item.pk).values().get()
    everything = dict.fromkeys(field.name for model in (Staff, Post, Item) for field in model._meta.fields) | LIFTING
    given = {name: "1" if value is None else value for name, value in everything.items()}
    for route, url in urls(item.pk):
        if route.name != "identity:sign_out":
            client.post(url, given)
    own.refresh_from_db()
    assert (own.duty, own.role, own.is_active, own.username, list(own.posts.values_list("role", flat=True))) == before
    assert Item.objects.filter(pk=item.pk).values().get() == record
