"""Which lists stand here. No name and no number of a person is shown."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Max, QuerySet

from yidang.claims.lists import dated
from yidang.claims.models import DatedEntry, Enrolee, TakenList
from yidang.identity.policy import Grant, Permission
from yidang.kernel.errors import NotFound


@dataclass(frozen=True, slots=True)
class Standing:
    """`known`: how many entries are of enrolees here; none where the list is of no persons."""

    kind: str
    newest: TakenList
    entries: int
    known: int | None


def lists(grant: Grant) -> QuerySet[TakenList]:
    grant.require(Permission.SEE_CLAIMS)
    return TakenList.objects.select_related("by")


def standing(grant: Grant) -> list[Standing]:
    """For every kind the newest list, and what rules find of it."""
    grant.require(Permission.SEE_CLAIMS)
    newest = TakenList.objects.in_bulk(
        TakenList.objects.order_by().values("kind").annotate(last=Max("number")).values_list("last", flat=True)
    )
    counts = dict(DatedEntry.objects.order_by().values_list("kind").annotate(Count("pk")))
    ordered = sorted(newest.values(), key=lambda one: TakenList.Kind.values.index(one.kind))
    return [Standing(one.kind, one, counts.get(one.kind, one.rows), _known(one.kind)) for one in ordered]


def _known(kind: str) -> int | None:
    if kind not in dated.OF_PERSONS:
        return None
    entries = DatedEntry.objects.filter(kind=kind)
    return entries.filter(id_index__in=Enrolee.objects.filter(id_index__isnull=False).values("id_index")).count()


def one(grant: Grant, list_id: UUID) -> TakenList:
    """Raises NotFound `taken_list_not_found`."""
    found = lists(grant).filter(id=list_id).first()
    if found is None:
        raise NotFound("taken_list_not_found")
    return found
