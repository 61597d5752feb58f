"""What the clock does to people: sessions nobody holds any more are forgotten, leading posts follow their dates."""

from datetime import date, timedelta

from django.contrib.sessions.models import Session
from django.db import transaction

from yidang.identity.appointing import locked_staff, settle_lead
from yidang.identity.models import Staff, Visit
from yidang.identity.posts import in_force, in_order
from yidang.kernel.clock import now, today

KEPT = timedelta(days=400)  # of ended sessions, for "last sign-in"; the ledger keeps its entries for good
_settled: list[date] = []


def sweep() -> None:
    """Called every half minute; the posts are looked at once a day."""
    Session.objects.filter(expire_date__lt=now()).delete()
    Visit.objects.filter(seen_at__lt=now() - KEPT).delete()
    if _settled != [today()]:
        settle_leads()
        _settled[:] = [today()]


def settle_leads() -> None:
    """A post that began or ended by its date shows in lists and greetings; rights never waited for this."""
    leading = {}
    for post in reversed(in_order(in_force())):
        leading[post.staff_id] = (post.role, post.department_id)
    for pk, role, department in Staff.objects.values_list("pk", "role", "department"):
        if leading.get(pk, ("", None)) != (role, department):
            with transaction.atomic():
                settle_lead(locked_staff(pk))
