"""Merging enrolees and taking merges back; the history follows by the outbox."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from yidang.claims.linkage import rules
from yidang.claims.linkage.matching import likely_pairs
from yidang.claims.models import Enrolee, EnroleeSource, HistoryChange, LinkCandidate, Merge, Settlement
from yidang.claims.sealed import words_of
from yidang.identity.policy import Grant, Permission
from yidang.kernel.clock import now
from yidang.kernel.errors import Conflict, NotFound
from yidang.ledger.operations import append

_MANY = 2000


@transaction.atomic
def link_persons(*, grant: Grant) -> dict[str, int]:
    """Looks over everybody: what is sure is merged, what is likely waits for a person."""
    grant.require(Permission.IMPORT_CLAIMS)
    standing = {str(one.id): one for one in Enrolee.objects.filter(merged_into__isnull=True)}
    records = {key: _record(one) for key, one in standing.items()}
    decided = {frozenset(map(str, pair)) for pair in LinkCandidate.objects.values_list("left", "right")}
    sure, band = rules.settle(likely_pairs([one for one in records.values() if one.name or one.id_number]), records)
    merged = sum(_merge_sure(grant, standing, pair, decided) for pair in sure)
    open_ones = [pair for pair in band if frozenset((pair.left, pair.right)) not in decided]
    LinkCandidate.objects.bulk_create(
        (LinkCandidate(left_id=one.left, right_id=one.right, probability=one.probability) for one in open_ones),
        batch_size=_MANY,
    )
    facts = {"looked_at": len(records), "merged": merged, "to_review": len(open_ones)}
    append(action="enrolees.linked", actor=grant.actor, facts=facts)
    return facts


def _record(one: Enrolee) -> rules.Record:
    words = words_of(one)
    return rules.Record(
        unique_id=str(one.id),
        name=words.get("name", ""),
        born_on=one.born_on.isoformat() if isinstance(one.born_on, date) else "",
        sex=str(one.sex) if one.sex in (1, 2) else "",
        id_number=words.get("id_number", ""),
        phone=words.get("phone", ""),
        home=words.get("home", ""),
    )


def _merge_sure(grant: Grant, standing: dict[str, Enrolee], pair: rules.Pair, decided: set[frozenset[str]]) -> int:
    """Not what a person has looked at; what was merged a moment ago is followed to who it is now."""
    if frozenset((pair.left, pair.right)) in decided:
        return 0
    left, right = _now(standing[pair.left]), _now(standing[pair.right])
    if left.pk == right.pk:
        return 0
    merge(grant=grant, kept=left, gone=right, probability=pair.probability)
    return 1


def _now(one: Enrolee) -> Enrolee:
    while one.merged_into is not None:
        one = one.merged_into
    return one


@transaction.atomic
def merge(*, grant: Grant, kept: Enrolee, gone: Enrolee, probability: float) -> Merge:
    sources = list(EnroleeSource.objects.filter(enrolee=gone).values_list("id", flat=True))
    claims = list(Settlement.objects.filter(person__person=gone.person).values_list("claim", flat=True))
    made = Merge.objects.create(
        kept=kept,
        gone=gone,
        sources=[str(one) for one in sources],
        claims=claims,
        probability=probability,
        by_id=grant.staff_id,
        at=now(),
    )
    EnroleeSource.objects.filter(id__in=sources).update(enrolee=kept)
    gone.merged_into = kept
    gone.save(update_fields=["merged_into"])
    _move(claims, gone, kept)
    append(action="enrolee.merged", actor=grant.actor, subject=kept.id, facts={"gone": str(gone.id)})
    return made


@transaction.atomic
def undo(*, grant: Grant, merge_id: UUID) -> Merge:
    """Raises NotFound `merge_not_found`, Conflict `merge_undone`."""
    grant.require(Permission.IMPORT_CLAIMS)
    found = Merge.objects.select_for_update().select_related("kept", "gone").filter(pk=merge_id).first()
    if found is None:
        raise NotFound("merge_not_found")
    if found.undone_at is not None:
        raise Conflict("merge_undone")
    EnroleeSource.objects.filter(id__in=found.sources).update(enrolee=found.gone)
    found.gone.merged_into = None
    found.gone.save(update_fields=["merged_into"])
    _move(found.claims, found.kept, found.gone)
    found.undone_by_id, found.undone_at = grant.staff_id, now()
    found.save(update_fields=["undone_by", "undone_at"])
    _stay_apart(grant, found)
    append(action="enrolee.parted", actor=grant.actor, subject=found.kept_id, facts={"again": str(found.gone_id)})
    return found


def _stay_apart(grant: Grant, found: Merge) -> None:
    """What a person took apart the linkage does not join again."""
    left, right = sorted((found.kept_id, found.gone_id), key=str)
    LinkCandidate.objects.update_or_create(
        left_id=left,
        right_id=right,
        defaults={
            "probability": found.probability,
            "state": LinkCandidate.State.DIFFERENT,
            "decided_by_id": grant.staff_id,
            "decided_at": now(),
        },
    )


def _move(claims: list[Any], before: Enrolee, after: Enrolee) -> None:
    Settlement.objects.filter(claim__in=claims).update(person=after.person)
    kinds = HistoryChange.Kind
    HistoryChange.objects.bulk_create(
        [HistoryChange(kind=kinds.CLAIM, claim=one, made_at=now()) for one in claims]
        + [HistoryChange(kind=kinds.PERSON, person=before.person, becomes=after.person, made_at=now())],
        batch_size=_MANY,
    )


@transaction.atomic
def decide(*, grant: Grant, candidate_id: UUID, is_same: bool) -> LinkCandidate:
    """Raises NotFound `candidate_not_found`, Conflict `candidate_decided`."""
    grant.require(Permission.IMPORT_CLAIMS)
    found = LinkCandidate.objects.select_for_update().select_related("left", "right").filter(pk=candidate_id).first()
    if found is None:
        raise NotFound("candidate_not_found")
    if found.state != LinkCandidate.State.OPEN:
        raise Conflict("candidate_decided")
    found.state = LinkCandidate.State.SAME if is_same else LinkCandidate.State.DIFFERENT
    found.decided_by_id, found.decided_at = grant.person, now()
    found.save(update_fields=["state", "decided_by", "decided_at"])
    left, right = _now(found.left), _now(found.right)
    if is_same and left.pk != right.pk:
        merge(grant=grant, kept=left, gone=right, probability=found.probability)
    else:
        facts = {"same": is_same}
        append(action="enrolee.compared", actor=grant.actor, subject=found.left_id, facts=facts)
    return found


def waiting() -> Any:
    return LinkCandidate.objects.filter(state=LinkCandidate.State.OPEN).order_by("-probability", "id")


def merges_of(enrolee: Enrolee) -> Any:
    return Merge.objects.filter(Q(kept=enrolee) | Q(gone=enrolee)).select_related("kept", "gone", "by").order_by("-at")
