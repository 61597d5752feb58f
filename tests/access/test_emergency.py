"""A doctor opens one foreign person's records in an emergency: told to others at once, over after hours, reviewed."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.test import Client

from people import employ
from yidang.holdings.emergency import break_glass, review_glass, review_of
from yidang.holdings.models import Item
from yidang.holdings.queries import visible_items
from yidang.identity.models import BrokenGlass
from yidang.identity.policy import grant_for
from yidang.identity.reach import acting
from yidang.kernel.clock import now
from yidang.kernel.errors import Conflict, DomainError, Invalid, NotAllowed
from yidang.kernel.resident_id import check_digit
from yidang.ledger.models import LedgerEntry
from yidang.ledger.operations import append
from yidang.workflow.models import Notice
from yidang.workflow.queries import tasks_of

from .records import archive, ask, draft

pytestmark = pytest.mark.django_db
PERSON, OTHER = "11010519491231002X", "110101199003074610"
REASON = "急诊昏迷病人需核对用药史"


@pytest.fixture
def doctor(scheme):
    return employ("xinnei", "doctor", "k-xxg")


@pytest.fixture
def others(scheme):
    roles = {"anquan": "security_admin", "shenji": "audit_admin", "zhuren": "manager", "dangan": "archivist"}
    return {name: employ(name, role) for name, role in roles.items()}


@pytest.fixture
def items(scheme):
    return archive(
        draft("甲", title="甲", department="骨科", id_number=PERSON, security_class="敏感"),
        draft("乙", title="乙", department="骨科", id_number=OTHER),
        draft("丙", title="丙", department="心内科", id_number=OTHER),
    )


def broken(doctor, **more) -> BrokenGlass:
    return break_glass(grant=grant_for(doctor), **{"id_number": PERSON, "reason": REASON} | more)


def seen(staff) -> set[str]:
    grant = grant_for(staff)
    filtered = {item.pk for item in visible_items(grant)}
    with acting(grant):
        assert {item.pk for item in Item.objects.all()} == filtered
    return filtered


def test_one_person_opens_for_a_while_and_nobody_else(doctor, items):
    foreign, _, own = items
    assert seen(doctor) == {own.pk}
    glass = broken(doctor)
    assert seen(doctor) == {own.pk, foreign.pk}
    assert {hit.item.pk for hit in ask("", grant_for(doctor), year="2026").hits} == {own.pk, foreign.pk}
    BrokenGlass.objects.filter(pk=glass.pk).update(until=now() - timedelta(seconds=1))
    assert seen(doctor) == {own.pk}


def test_security_audit_and_the_head_are_told_at_once_and_a_review_waits(doctor, others, items):
    glass = broken(doctor)
    told = set(Notice.objects.filter(kind="glass_broken").values_list("recipient__username", flat=True))
    assert told == {"anquan", "shenji", "zhuren"}
    assert [task.kind for task in tasks_of(grant_for(others["zhuren"]))] == ["review_glass"]
    assert not tasks_of(grant_for(doctor)).exists()
    assert LedgerEntry.objects.filter(action="glass.broken", subject=glass.id).count() == 1
    assert REASON.encode() not in bytes(glass.reason)


def test_whether_there_are_records_is_not_said(doctor, items):
    client = Client()
    client.force_login(doctor)
    unknown = "11010119900307853"
    pages = [
        client.post("/emergency/", {"id_number": number, "reason": REASON})
        for number in (PERSON, unknown + check_digit(unknown))
    ]
    assert [page.status_code for page in pages] == [302, 302]


@pytest.mark.parametrize(
    ("given", "problem"),
    [({"id_number": "123"}, Invalid), ({"reason": "急"}, Invalid)],
    ids=["no ID number", "no reason"],
)
def test_a_wrong_number_or_no_reason_opens_nothing(doctor, items, given, problem):
    with pytest.raises(problem):
        broken(doctor, **given)
    assert not BrokenGlass.objects.exists()


def test_not_without_end(doctor, items):
    for _ in range(5):
        broken(doctor)
    with pytest.raises(Conflict, match="glass_too_often"):
        broken(doctor)


@pytest.mark.parametrize("name", ["anquan", "shenji", "zhuren"])
def test_who_has_no_patients_breaks_no_glass(others, name):
    with pytest.raises(NotAllowed):
        broken(others[name])


def test_an_unjustified_one_ends_at_once_and_nobody_reviews_the_own(doctor, others, items):
    glass = broken(doctor)
    with pytest.raises(NotAllowed):
        review_glass(grant=grant_for(doctor), glass_id=glass.id, is_justified=True, remark="是我")
    head = grant_for(others["zhuren"])
    assert review_of(head, glass.id).reason == REASON
    review_glass(grant=head, glass_id=glass.id, is_justified=False, remark="与病人无关")
    assert seen(doctor) == {items[2].pk}
    assert not tasks_of(head).filter(closed_at=None).exists()
    with pytest.raises(Conflict, match="glass_reviewed"):
        review_glass(grant=head, glass_id=glass.id, is_justified=True, remark="再看")


def test_the_review_shows_what_was_looked_at_and_only_to_reviewers(doctor, others, items):
    glass = broken(doctor)
    ask("", grant_for(doctor), year="2026")
    assert [one.action for one in review_of(grant_for(others["shenji"]), glass.id).shown] == ["search.performed"]
    with pytest.raises(DomainError, match="glass_not_found"):
        review_of(grant_for(employ("guke", "doctor", "k-gk")), glass.id)


def test_the_review_names_records_by_their_number(doctor, others, items):
    glass = broken(doctor)
    item = Item.objects.get(pk=items[0].pk)
    with transaction.atomic():
        append(action="item.viewed", actor=str(doctor.id), subject=item.pk, facts={})
    review = review_of(grant_for(others["shenji"]), glass.id)
    assert review.codes == {item.pk: item.reference_code or item.working_number}
