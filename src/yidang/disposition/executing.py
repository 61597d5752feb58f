"""Destruction itself: begun by one person before two witnesses, carried on by whoever runs next until all is gone."""

from uuid import UUID

from django.db import transaction

from yidang.disposition.blockers import GONE, blockers
from yidang.disposition.listing import locked, require_waited
from yidang.disposition.models import Candidate, DestructionList, ListItem, ListState
from yidang.disposition.ports import forget_traces
from yidang.disposition.states import state_of
from yidang.holdings.models import Tombstone
from yidang.holdings.operations import bury, erase_unerased, lock_for_end
from yidang.identity.policy import Grant, system_grant
from yidang.kernel import clock
from yidang.kernel.errors import NotAllowed
from yidang.ledger.operations import append

_AT_ONCE = 200


@transaction.atomic
def begin(grant: Grant, *, list_id: UUID, second_factor_fresh: bool) -> DestructionList:
    """From here on there is no way back. Raises as `state.require`, Conflict: `list_waits`."""
    found = locked(list_id)
    state_of(found).require("carry_out", grant)
    require_waited(found)
    if not second_factor_fresh:
        raise NotAllowed("second_factor_needed")
    found.state, found.begun_by_id, found.begun_at = ListState.DESTROYING, grant.person, clock.now()
    found.save()
    append(action="destruction.begun", actor=grant.actor, subject=found.id, facts={"number": found.name})
    return found


def advance() -> int:
    """Carries on with every list under way; how many items ended. Called again and again, killed at any point."""
    ended = 0
    for pk in DestructionList.objects.filter(state=ListState.DESTROYING).values_list("pk", flat=True):
        ended += _carry_on(pk)
    return ended


def _carry_on(pk: int) -> int:
    ended = 0
    while taken := _end_some(pk):
        ended += taken
    while erase_unerased():
        pass
    _finish(pk)
    return ended


@transaction.atomic
def _end_some(pk: int) -> int:
    """Some of the list's items end in the catalogue; what is blocked by now is kept, and the list says why."""
    found = DestructionList.objects.select_for_update().get(pk=pk)
    waiting = list(
        ListItem.objects.filter(list=found, is_ended=False, kept_because="").select_related("candidate")[:_AT_ONCE]
    )
    items = lock_for_end([line.candidate.item for line in waiting])
    standing, against = {item.pk for item in items}, blockers(items)
    going = [pk for pk in standing if pk not in against]
    forget_traces(going)
    bury(system_grant("disposition"), items=going, list_number=found.name)
    gone = set(going) | _buried([line.candidate.item for line in waiting])
    for line in waiting:
        line.is_ended = line.candidate.item in gone
        line.kept_because = "" if line.is_ended else against.get(line.candidate.item, GONE)
    ListItem.objects.bulk_update(waiting, ["is_ended", "kept_because"], batch_size=500)
    Candidate.objects.filter(pk__in=[line.candidate_id for line in waiting]).update(is_open=False)
    return len(waiting)


def _buried(items: list[UUID]) -> set[UUID]:
    return set(Tombstone.objects.filter(item__in=items).values_list("item", flat=True))


@transaction.atomic
def _finish(pk: int) -> None:
    """All erased: from now on it is a matter of the copies of the keys, which nobody can undo."""
    found = DestructionList.objects.select_for_update().get(pk=pk)
    stones = Tombstone.objects.filter(list_number=found.name)
    if found.state != ListState.DESTROYING or stones.filter(erased_at__isnull=True).exists():
        return
    if found.erased_at is None:
        ends = [at for at in stones.values_list("complete_at", flat=True) if at]
        found.erased_at = clock.now()
        found.complete_at = max(ends, default=found.erased_at)
        kept = found.items.exclude(kept_because="").count()
        facts = {"number": found.name, "items": stones.count(), "kept": kept, "complete": found.complete_at.isoformat()}
        append(action="destruction.carried_out", actor="system:disposition", subject=found.id, facts=facts)
    if found.complete_at and found.complete_at <= clock.now():
        found.state = ListState.DESTROYED
        append(
            action="destruction.completed", actor="system:disposition", subject=found.id, facts={"number": found.name}
        )
    found.save()
