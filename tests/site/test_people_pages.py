"""The pages of accounts and posts, as each administrator meets them."""

from datetime import timedelta

import pytest
from django.test import Client

from people import employ
from yidang.identity.models import Factor, Post, Staff
from yidang.identity.policy import grant_for
from yidang.identity.proving import save_factor
from yidang.kernel.clock import today
from yidang.kernel.errors import NotAllowed
from yidang.workflow.models import Approval
from yidang.workflow.operations import approve

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def plain(settings):
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "whitenoise" not in name]
    static = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": static}
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.YIDANG = type(settings.YIDANG)(**vars(settings.YIDANG) | {"second_factor_roles": "none"})


def at(role: str, department: str | None = None, *, is_fresh: bool = False) -> Client:
    client = Client()
    client.force_login(employ(f"x-{role}", role, department, password="correct horse battery"))
    if is_fresh:
        client.post("/sign-in/again/", {"password": "correct horse battery"})
    return client


def asked(client: Client, staff: Staff, **more: object):
    form = {"role": "reader", "department": "dyg", "since": today().isoformat(), "until": "", "reason": "调岗"}
    return client.post(f"/posts/new/{staff.id}/", form | more)


def test_a_post_is_asked_for_and_given_only_after_approval():
    security, bearer = at("security_admin"), employ("xin")
    answer = asked(security, bearer)
    approval = Approval.objects.get()
    assert answer["Location"] == f"/approvals/{approval.id}/"
    assert not grant_for(bearer).permissions
    manager = at("manager", is_fresh=True)
    assert "xin" in manager.get(f"/approvals/{approval.id}/").content.decode()
    manager.post(f"/approvals/{approval.id}/approve/")
    assert grant_for(bearer).departments == {"dyg"}


def test_without_a_second_factor_just_proved_nothing_is_approved():
    bearer = employ("xin")
    asked(at("security_admin"), bearer)
    answer = at("manager").post(f"/approvals/{Approval.objects.get().id}/approve/")
    assert answer["Location"].startswith("/sign-in/again/")
    assert not grant_for(bearer).permissions


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"department": ""}, "department"),
        ({"role": "doctor"}, "department"),
        ({"role": "system_admin"}, "role"),
        ({"until": "2001-01-01"}, "until"),
        ({"reason": ""}, "reason"),
    ],
)
def test_what_does_not_fit_is_said_at_its_field(wrong, field):
    answer = asked(at("security_admin"), employ("xin"), **wrong)
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert not Approval.objects.exists()


def test_one_person_ends_a_post_at_once():
    security, bearer = at("security_admin", is_fresh=True), employ("daiyu", "reader", "dyg")
    security.post(f"/posts/{bearer.posts.get().id}/end/", {"until": today().isoformat()})
    assert not grant_for(bearer).permissions


def test_ending_a_post_asks_for_the_factor_first():
    bearer = employ("daiyu", "reader", "dyg")
    answer = at("security_admin").post(f"/posts/{bearer.posts.get().id}/end/")
    assert answer["Location"].startswith("/sign-in/again/")
    assert Post.objects.get(staff=bearer).until is None


def test_a_coming_and_a_past_post_stand_apart():
    bearer = employ("daiyu", "reader", "dyg")
    Post.objects.filter(staff=bearer).update(until=today() - timedelta(days=1))
    page = at("security_admin").get("/posts/")
    (person,) = [one for one in page.context["people"] if one.staff.username == "daiyu"]
    assert (len(person.in_force), len(person.coming), len(person.ended)) == (0, 0, 1)


def test_the_audit_administrator_sees_posts_and_changes_none():
    auditor, bearer = at("audit_admin", is_fresh=True), employ("daiyu", "reader", "dyg")
    page = auditor.get("/posts/")
    assert "daiyu" in page.content.decode()
    assert "任命岗位" not in page.content.decode()
    assert asked(auditor, bearer).status_code == 403
    assert auditor.post(f"/posts/{bearer.posts.get().id}/end/").status_code == 403


@pytest.mark.parametrize(
    ("role", "department"),
    [("archivist", None), ("reader", "dyg"), ("doctor", "k-gk"), ("manager", None), ("system_admin", None)],
)
def test_nobody_else_opens_the_posts(role, department):
    client = at(role, department, is_fresh=True)
    assert client.get("/posts/").status_code == 403
    assert asked(client, employ("xin")).status_code == 403
    assert not Approval.objects.exists()


def test_a_lost_factor_is_reset_by_two_and_by_no_other():
    bearer = employ("daiyu", "reader", "dyg")
    save_factor(bearer, Factor.Kind.TOTP, {"secret": "GEZDGNBVGY3TQOJQ"})
    page, told = f"/settings/staff/{bearer.id}/factors/", {"reason": "手机丢失，已当面核实"}
    for role in ("security_admin", "audit_admin", "archivist"):
        assert at(role, is_fresh=True).post(page, told).status_code == 403
    system = at("system_admin", is_fresh=True)
    assert system.post(page, {"reason": " "})["Location"] == "/settings/"
    assert not Approval.objects.exists()
    assert system.post(page, told).status_code == 302
    assert Factor.objects.exists()
    asked_for = Approval.objects.get()
    with pytest.raises(NotAllowed):
        approve(grant=grant_for(bearer), approval_id=asked_for.id, second_factor_fresh=True)
    head = employ("zhuren", "manager")
    approve(grant=grant_for(head), approval_id=asked_for.id, second_factor_fresh=True)
    assert not Factor.objects.exists()
    own = Staff.objects.get(username="x-system_admin")
    assert system.post(f"/settings/staff/{own.id}/factors/", told).status_code == 409


def test_who_has_no_factor_has_none_to_lose():
    bearer = employ("daiyu", "reader", "dyg")
    system = at("system_admin", is_fresh=True)
    assert system.post(f"/settings/staff/{bearer.id}/factors/", {"reason": "手机丢失"}).status_code == 302
    assert not Approval.objects.exists()


def test_a_new_account_has_a_duty_and_no_rights():
    system = at("system_admin")
    form = {
        "username": "xin",
        "display_name": "新人",
        "duty": "records",
        "password": "given-by-hand",
        "role": "archivist",
    }
    assert system.post("/settings/staff/new/", form).status_code == 302
    made = Staff.objects.get(username="xin")
    assert (made.duty, made.role, made.must_change_password) == ("records", "", True)
    assert not grant_for(made).permissions
