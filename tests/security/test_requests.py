"""Every route, attacked from outside: forged posts, foreign hosts and frames, redirections, headers and caches."""

import pytest
from attacks import ROUTES, urls
from django.test import Client
from django.urls import reverse

from access.pictures import scan
from access.records import archive, draft
from people import employ
from yidang.identity.models import Role
from yidang.ledger.operations import sequence

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.timeout(300)]

ELSEWHERE = ["https://evil.example/", "//evil.example/", "/\\evil.example", "\\\\evil.example", "javascript:alert(1)"]
ELSEWHERE += ["http:evil.example", "https:///evil.example", "/\t/evil.example", " https://evil.example"]


@pytest.fixture
def item(scheme):
    made = archive(draft("正文", title="材料", data=scan()))[0]
    sequence()
    return made


# Machines that bring a token of their own in a header: a browser's cookies open nothing there.
OF_MACHINES = {"collection_api:cases", "collection_api:case", "collection_api:materials", "storeroom:readings"}
OF_MACHINES |= {"traces_api:scan", "oversight_api:precheck", "oversight_api:advice"}


def test_no_view_that_reads_a_cookie_is_excused_from_the_token():
    excused = {route.name for route in ROUTES if getattr(route.pattern.callback, "csrf_exempt", False)}
    assert excused == OF_MACHINES


@pytest.mark.parametrize("role", [Role.ARCHIVIST, Role.SYSTEM_ADMIN])
def test_a_forged_post_is_refused_everywhere(item, visitors, role):
    """Signed in, but without the page's token: as a foreign site makes the browser post."""
    signed_in = visitors[role]
    forger = Client(enforce_csrf_checks=True)
    forger.cookies = signed_in.cookies
    taken = []
    for route, url in urls(item.pk):
        answer = forger.post(url, {}, headers={"Origin": "https://evil.example"})
        refusals = {401, 405} if route.name in OF_MACHINES else {403}
        if answer.status_code not in refusals:
            taken.append((route.name, answer.status_code))
    assert taken == []


def test_every_answer_forbids_frames_guessing_and_keeping(item, visitors):
    client = visitors[Role.ARCHIVIST]
    for route, url in urls(item.pk):
        answer = client.get(url)
        assert answer["X-Frame-Options"] == "DENY", route.name
        policy = answer["Content-Security-Policy"]
        assert "frame-ancestors 'none'" in policy or "sandbox" in policy, route.name
        assert "default-src 'none'" in policy, route.name
        assert "script-src 'unsafe" not in policy, route.name
        assert answer["X-Content-Type-Options"] == "nosniff", route.name
        assert answer["Referrer-Policy"] in {"same-origin", "no-referrer"}, route.name
        if not (route.entry and route.entry.is_public):
            cache = answer.get("Cache-Control", "")
            assert "private" in cache or "no-store" in cache, (route.name, cache)


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "localhost@evil.example", "127.0.0.1:80:80"]
)
def test_a_foreign_host_is_refused(host):
    answer = Client().get("/sign-in/", headers={"Host": host})
    assert answer.status_code == 400
    assert b"evil" not in answer.content


def test_a_forwarded_host_is_not_believed(item, visitors):
    answer = visitors[Role.ARCHIVIST].get("/holdings/", headers={"X-Forwarded-Host": "evil.example"})
    assert answer.status_code == 200
    assert b"evil.example" not in answer.content


def test_nobody_is_sent_elsewhere(item, visitors):
    """Whatever a route does with `next`, it leads back into the house."""
    client = visitors[Role.READER]
    some = [(route, url) for route, url in urls(item.pk) if route.name != "identity:sign_out"]
    for route, url in some:
        for answer in (client.get(url, {"next": ELSEWHERE[0]}), client.post(url, {"next": ELSEWHERE[0]})):
            assert "evil" not in answer.get("Location", "").split("?")[0], route.name


@pytest.mark.parametrize("name", ["language", "identity:again", "identity:sso", "identity:sign_in"])
def test_no_spelling_of_an_address_leads_elsewhere(name, visitors):
    client = visitors[Role.READER]
    for goal in ELSEWHERE:
        for answer in (client.get(reverse(name), {"next": goal}), client.post(reverse(name), {"next": goal})):
            assert is_here(answer.get("Location", "")), (name, goal)


def is_here(location: str) -> bool:
    return not location or (location.startswith("/") and "evil" not in location.split("?", maxsplit=1)[0])


def test_signing_in_does_not_lead_elsewhere(db):
    employ("li", Role.READER, "dyg", password="一个很长的口令 2026")
    for goal in ELSEWHERE:
        given = {"username": "li", "password": "一个很长的口令 2026", "next": goal}
        answer = Client().post("/sign-in/", given)
        assert answer.status_code == 302
        assert is_here(answer["Location"])


PATHS = ["/static/../secrets/django.key", "/static/%2e%2e/%2e%2e/secrets/django.key", "/static//etc/passwd"]
PATHS += [
    "/items/code/../../etc/passwd/",
    "/audit/export/..%2f..%2fetc/",
    "/trust/../secrets/django.key",
    "/%00",
    "/..;/",
]


@pytest.mark.parametrize("path", PATHS)
def test_no_path_leads_out_of_the_house(path, visitors):
    answer = visitors[Role.ARCHIVIST].get(path)
    assert answer.status_code in {301, 302, 400, 404}
    assert b"root:" not in getattr(answer, "content", b"")


@pytest.mark.parametrize("method", ["TRACE", "CONNECT", "PROPFIND", "DEBUG", "PUT", "DELETE", "PATCH"])
def test_odd_methods_reach_no_view(method, visitors):
    assert visitors[Role.READER].generic(method, "/account/").status_code == 405


def test_cookies_are_kept_from_scripts_and_foreign_sites(db):
    employ("li", Role.READER, "dyg", password="一个很长的口令 2026")
    answer = Client().post("/sign-in/", {"username": "li", "password": "一个很长的口令 2026"})
    cookie = answer.cookies["sessionid"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
