"""What waits for a person: the confirm desk and the quarantine."""

from uuid import UUID

from django.db.models import Q, QuerySet

from yidang.holdings.models import Item, ItemState
from yidang.holdings.queries import visible_items
from yidang.identity.policy import Grant, Permission
from yidang.intake.models import FileOutcome, ReceivedFile


def waiting_items(grant: Grant) -> QuerySet[Item]:
    """The desk's pile, oldest first."""
    grant.require(Permission.CONFIRM)
    return visible_items(grant).filter(state=ItemState.WAITING).order_by("created_at", "working_number")


def next_waiting(grant: Grant, after: UUID | None = None) -> Item | None:
    """The item after this one in the pile, whether or not this one still lies in it; round again at the end."""
    pile = waiting_items(grant)
    last = Item.objects.filter(pk=after).first() if after else None
    if last is None:
        return pile.first()
    later = Q(created_at__gt=last.created_at) | Q(created_at=last.created_at, working_number__gt=last.working_number)
    return pile.filter(later).first() or pile.exclude(pk=last.pk).first()


def quarantined_files(grant: Grant, accession: UUID | None = None) -> QuerySet[ReceivedFile]:
    """Everything in quarantine, newest first; `reports.problem_of` gives the message of each."""
    grant.require(Permission.INGEST)
    files = ReceivedFile.objects.filter(outcome=FileOutcome.QUARANTINED)
    if accession:
        files = files.filter(accession=accession)
    return files.select_related("accession", "container__container").order_by("-received_at", "position")
