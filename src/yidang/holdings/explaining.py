"""Why somebody can see a record, or what is missing: the rule's own steps, without the record's content."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localtime

from yidang.holdings.models import Item, ItemScope
from yidang.holdings.queries import get_item
from yidang.holdings.visibility import covers, visible_items
from yidang.identity.models import Staff
from yidang.identity.policy import PERMISSIONS, SYSTEM, Grant, Permission, grant_for
from yidang.identity.posts import in_order, posts_in_force
from yidang.identity.reach import acting
from yidang.identity.reaches import PERSON, Reach
from yidang.kernel.errors import NotAllowed, NotFound
from yidang.ledger.operations import append

ASKING = (Permission.MANAGE_ROLES, Permission.RELEASE_DATA)  # security administrator, head of the archive


@dataclass(frozen=True)
class Step:
    """One link of the chain. `code` names the sentence, `facts` fill it."""

    code: str
    holds: bool
    facts: dict[str, str]


@dataclass(frozen=True)
class Explanation:
    staff: Staff
    reference_code: str
    item_id: UUID
    can_see: bool
    steps: Sequence[Step]
    needed: Sequence[str]


@transaction.atomic
def explain(*, grant: Grant, username: str, code: str) -> Explanation:
    """Raises NotAllowed `not_allowed`; NotFound `staff_not_found`, `item_not_found`."""
    if not any(grant.allows(one) for one in ASKING):
        raise NotAllowed("not_allowed", permission=str(ASKING[0]))
    staff = Staff.objects.filter(username=username.strip()).first()
    if staff is None:
        raise NotFound("staff_not_found", username=username[:32])
    with acting(SYSTEM):  # the asker may read no record and learns of this one only where it stands
        item = get_item(SYSTEM, code.strip())
        found = _explained(staff, item)
    append(action="policy.explained", actor=grant.actor, subject=item.pk, facts={"staff": str(staff.id)})
    return found


def _explained(staff: Staff, item: Item) -> Explanation:
    theirs = grant_for(staff)
    can_see = visible_items(theirs).filter(pk=item.pk).exists()
    rows = list(ItemScope.objects.filter(item=item))
    steps = [*_account(staff, theirs), *(_reach(reach, rows, item) for reach in theirs.reaches)]
    code = item.reference_code or item.working_number
    return Explanation(staff, code, item.pk, can_see, steps, [] if can_see else list(_needed(staff, theirs, rows)))


def _account(staff: Staff, grant: Grant) -> Iterator[Step]:
    yield Step("account", staff.is_active, {"username": staff.username})
    posts = in_order(posts_in_force(staff.id))
    for post in posts:
        reads = Permission.VIEW_RECORDS in PERMISSIONS[post.role]
        yield Step("post", reads, {"role": post.role, "department": post.department_id or ""})
    if not posts:
        yield Step("no_post", holds=False, facts={})
    yield Step("reads", grant.allows(Permission.VIEW_RECORDS), {})


def _reach(reach: Reach, rows: Sequence[ItemScope], item: Item) -> Step:
    if reach.is_everything:
        return Step("everything", holds=True, facts={})
    holds = item.pk in (reach.items or ()) or any(covers(reach, row) for row in rows)
    limits = {
        "departments": ", ".join(sorted(reach.departments or ())),
        "sensitivities": ", ".join(sorted(reach.sensitivities or ())),
        "until": f"{localtime(reach.until):%Y-%m-%d %H:%M}" if reach.until else "",
    }
    if reach.items is not None:
        return Step(reach.purpose or "lent", holds, limits)
    return Step("emergency" if reach.persons is not None else "departments", holds, limits)


def _needed(staff: Staff, grant: Grant, rows: Sequence[ItemScope]) -> Iterator[str]:
    """Codes of what would open it; departments are named, persons never."""
    if not staff.is_active:
        yield "open_account"
    if not grant.allows(Permission.VIEW_RECORDS):
        yield "post_on_records"
    yield from (f"department:{row.value}" for row in rows if row.kind != PERSON and row.value)
    if grant.allows(Permission.BREAK_GLASS) and any(row.kind == PERSON for row in rows):
        yield "emergency"
    if not rows:
        yield "draft"
