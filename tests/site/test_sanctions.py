"""Posts are given by two people, through the shared approval."""

from datetime import timedelta

import pytest
from django.db import transaction

from yidang.identity.appointing import give_post
from yidang.identity.departments import load_departments
from yidang.identity.models import Post, Staff, duty_of
from yidang.identity.policy import Permission, grant_for
from yidang.kernel.clock import today
from yidang.kernel.errors import Conflict, Invalid, NotAllowed
from yidang.site.sanctions import END_POST, GIVE_POST, post_plan
from yidang.workflow.operations import approve, ask_approval
from yidang.workflow.queries import shown_approval

pytestmark = pytest.mark.django_db


@transaction.atomic
def employ(username, role, department=None):
    load_departments()
    staff = Staff.objects.create(username=username, display_name="某", duty=duty_of(role))
    give_post(staff, role=role, department=department, since=today(), actor="system:test")
    return staff


@pytest.fixture
def people():
    return {
        "asker": employ("anquan", "security_admin"),
        "other": employ("guan", "manager"),
        "archivist": employ("dangan", "archivist"),
        "bearer": employ("daiyu", "reader", "dyg"),
    }


def ask(people, *, role="reader", department="cwg", bearer="bearer"):
    plan = post_plan(staff_id=people[bearer].pk, role=role, department=department, since=today(), until=None)
    return ask_approval(grant=grant_for(people["asker"]), kind=GIVE_POST, plan=plan, reason="调岗")


def allow(people, approval, who="other"):
    return approve(grant=grant_for(people[who]), approval_id=approval.id, second_factor_fresh=True)


def test_a_post_asked_for_and_allowed_is_in_force(people):
    approval = ask(people)
    assert grant_for(people["bearer"]).departments == {"dyg"}
    allow(people, approval)
    assert grant_for(people["bearer"]).departments == {"dyg", "cwg"}
    given = Post.objects.get(department="cwg")
    assert (given.approval, given.appointed_by) == (approval.id, str(people["other"].pk))


def test_the_posts_before_and_after_are_shown_in_words(people):
    (line,) = shown_approval(grant_for(people["other"]), ask(people).id).lines
    assert "daiyu" in line.what
    assert line.before in line.after
    assert line.before.startswith("查阅员 · ")


def test_archivists_do_not_allow_it_though_they_approve_other_things(people):
    assert grant_for(people["archivist"]).allows(Permission.APPROVE)
    with pytest.raises(NotAllowed):
        allow(people, ask(people), "archivist")


def test_nobody_allows_the_own_post(people):
    with pytest.raises(NotAllowed, match="approval_by_who_it_concerns"):
        allow(people, ask(people, role="archivist", department="", bearer="other"))


def test_a_post_given_in_between_stops_it(people):
    approval = ask(people)
    with transaction.atomic():
        give_post(people["bearer"], role="reader", department="mbg", since=today(), actor="system:test")
    with pytest.raises(Conflict, match="approval_stale"):
        allow(people, approval)


@pytest.mark.parametrize(
    ("role", "department", "code"),
    [
        ("security_admin", "", "role_unfit"),
        ("unheard_of", "", "role_unfit"),
        ("reader", "", "department_missing"),
        ("manager", "dyg", "department_unfit"),
        ("reader", "dyg", "post_held"),
    ],
)
def test_what_no_post_can_be_is_not_even_asked_for(people, role, department, code):
    with pytest.raises((Invalid, Conflict), match=code):
        ask(people, role=role, department=department)


def test_a_post_is_ended_by_two_as_well(people):
    post = Post.objects.get(staff=people["bearer"])
    until = today() + timedelta(days=1)
    plan = {"post": str(post.pk), "until": until.isoformat()}
    approval = ask_approval(grant=grant_for(people["asker"]), kind=END_POST, plan=plan, reason="离岗")
    allow(people, approval)
    assert Post.objects.get(pk=post.pk).until == until
    with pytest.raises(Invalid, match="approval_changes_nothing"):
        ask_approval(grant=grant_for(people["asker"]), kind=END_POST, plan=plan, reason="离岗")
