"""Adopting a policy, carrying it out, recalling what is wanted back. A run leaves one ledger row."""

import time
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from yidang.holdings.models import Item
from yidang.holdings.queries import get_item
from yidang.holdings.tiering.facts import facts_of, filed
from yidang.identity.policy import Grant, Permission
from yidang.kernel import clock
from yidang.kernel.errors import Conflict, Invalid
from yidang.ledger.operations import append
from yidang.preservation.tiers import moving
from yidang.preservation.tiers.models import TierPolicy, TierRun
from yidang.preservation.tiers.rules import Rule, belongs_cold, checked

_AT_ONCE = 200
_EVERY, _SECONDS = 86_400, 60.0


def policy() -> TierPolicy | None:
    """The one in force."""
    return TierPolicy.objects.filter(effective_from__lte=clock.today()).order_by("-effective_from", "-number").first()


def rules_in_force() -> list[Rule]:
    """Raises Conflict: `tier_policy_missing`: nothing is moved by a policy that nobody approved."""
    found = policy()
    if found is None:
        raise Conflict("tier_policy_missing")
    return checked(found.rows)


@transaction.atomic
def adopt(*, rows: Sequence[Mapping[str, Any]], effective_from: date, asked_by: UUID, approved_by: UUID) -> TierPolicy:
    """Carried out by the approval. Raises Invalid: `tier_rule_wrong`."""
    kept = [rule.to_json() for rule in checked(rows)]
    made = TierPolicy.objects.create(
        rows=kept, effective_from=effective_from, asked_by=asked_by, approved_by=approved_by, at=clock.now()
    )
    facts = {"policy": made.number, "rules": kept, "effective_from": effective_from.isoformat()}
    append(action="tiers.policy_approved", actor=str(approved_by), subject=None, facts=facts)
    return made


def run(grant: Grant, *, seconds: float | None = None) -> TierRun:
    """Moves what the policy says, both ways; stops after so many seconds and goes on at the next call.

    Raises:
        Conflict: `tier_policy_missing`.
    """
    rules = rules_in_force()
    until = time.monotonic() + seconds if seconds is not None else None
    moving.agree()
    made = TierRun.objects.create(kind=TierRun.Kind.POLICY, actor=grant.actor, started_at=clock.now())
    plan = _plan(rules)
    made.total = len(plan)
    for item, is_to_be_cold in plan:
        if until is not None and time.monotonic() > until:
            break
        _move(made, item, is_to_be_cold=is_to_be_cold)
    return _end(grant, made)


def run_when_due(grant: Grant) -> None:
    """For the keeper, who calls often: once a day, a minute long at most; nothing where no policy is in force."""
    mark: Path = settings.YIDANG.home / "run" / "tiers-run"
    if policy() is None or (mark.exists() and clock.now().timestamp() - mark.stat().st_mtime < _EVERY):
        return
    if run(grant, seconds=_SECONDS).done == 0:
        mark.parent.mkdir(parents=True, exist_ok=True)
        mark.touch()


def _plan(rules: Sequence[Rule]) -> list[tuple[UUID, bool]]:
    """Items that stand on the wrong side, and whether each is to be cold."""
    cold = moving.cold_ids()
    found: list[tuple[UUID, bool]] = []
    youngest = min(rule.min_age_years for rule in rules)
    old = Q(year__lte=clock.today().year - youngest - 1) | Q(pk__in=cold)
    ids = list(filed().filter(old).order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(ids), _AT_ONCE):
        items = list(filed().filter(pk__in=ids[start : start + _AT_ONCE]))
        for pk, facts in facts_of(items).items():
            wanted = belongs_cold(rules, facts)
            if wanted != (pk in cold):
                found.append((pk, wanted))
    return found


def _move(run_row: TierRun, item: UUID, *, is_to_be_cold: bool) -> None:
    """While the item's row is locked, so that nobody writes a version meanwhile; what is being written waits."""
    with transaction.atomic():
        if Item.objects.select_for_update(of=("self",), skip_locked=True).filter(pk=item).first() is None:
            return
        moved = moving.cool(item) if is_to_be_cold else moving.warm(item)
    run_row.done += 1
    run_row.bytes += moved
    run_row.cooled += is_to_be_cold
    run_row.recalled += not is_to_be_cold
    run_row.save()


@transaction.atomic
def _end(grant: Grant, made: TierRun) -> TierRun:
    made.ended_at = clock.now()
    made.save()
    if made.done:
        facts = {"run": str(made.id), "cooled": made.cooled, "recalled": made.recalled, "bytes": made.bytes}
        append(action="tiers.run", actor=grant.actor, subject=None, facts=facts)
    return made


@transaction.atomic
def ask_recall(grant: Grant, *, codes: Sequence[str]) -> TierRun:
    """Back to the hot store, whatever the policy says until its next run; `advance` does it.

    Raises:
        Invalid: `tier_nothing_to_recall`. NotFound: `item_not_found`.
    """
    grant.require(Permission.VIEW_RECORDS)
    ids = [get_item(grant, code.strip()).pk for code in codes if code.strip()]
    wanted = [str(one) for one in dict.fromkeys(ids) if moving.is_cold(one)]
    if not wanted:
        raise Invalid("tier_nothing_to_recall")
    return TierRun.objects.create(
        kind=TierRun.Kind.RECALL, actor=grant.actor, started_at=clock.now(), total=len(wanted), wanted=wanted
    )


def advance(grant: Grant) -> int:
    """For the keeper: recalls asked for, one record after another; killed anywhere, the rest is done next time."""
    done = 0
    for made in TierRun.objects.filter(kind=TierRun.Kind.RECALL, ended_at=None).order_by("started_at"):
        while made.wanted:
            _move(made, UUID(made.wanted[0]), is_to_be_cold=False)
            made.wanted = made.wanted[1:]
            made.save()
            done += 1
        _end(grant, made)
    return done
