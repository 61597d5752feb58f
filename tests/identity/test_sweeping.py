"""What the clock does to people."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session

from identity.doors import inside, quick_hashes, reader
from people import employ
from yidang.identity import sweeping
from yidang.identity.models import Post, Visit
from yidang.identity.verification import verify_people
from yidang.kernel import clock

__all__ = ["quick_hashes", "reader"]
pytestmark = pytest.mark.django_db


def test_a_post_ended_by_its_date_no_longer_shows():
    staff, other = employ("daiyu", "reader", "dyg"), employ("a", "archivist")
    Post.objects.filter(staff=staff).update(until=clock.today())
    sweeping.settle_leads()
    staff.refresh_from_db()
    other.refresh_from_db()
    assert (staff.role, staff.department_id, other.role) == ("", None, "archivist")


def test_sessions_of_long_ago_are_forgotten_and_open_ones_kept(reader):
    inside()
    inside()
    old = Visit.objects.order_by("began_at").first()
    Visit.objects.filter(pk=old.pk).update(seen_at=clock.now() - timedelta(days=500))
    Session.objects.filter(pk=Session.objects.first().pk).update(expire_date=clock.now() - timedelta(days=1))
    sweeping.sweep()
    assert Visit.objects.count() == 1
    assert Session.objects.count() == 1
    assert verify_people() == []
