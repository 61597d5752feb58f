"""What the checks of the four natures are told of an accession, and how they begin."""

from uuid import UUID

from django.db.models import Count, Sum

from yidang.checks import course
from yidang.checks.records import Registered
from yidang.holdings.models import Item
from yidang.identity.policy import system_grant
from yidang.intake import jobs
from yidang.intake.models import Accession, FileOutcome
from yidang.intake.queries.receipts import receipt, receipt_digest

GRANT = system_grant("checks")
_APART = (FileOutcome.DUPLICATE, FileOutcome.QUARANTINED, FileOutcome.DISCARDED)


def registered(accession_id: UUID) -> Registered | None:
    found = Accession.objects.filter(pk=accession_id).first()
    if found is None:
        return None
    rows = found.files.exclude(outcome=FileOutcome.UNFOLDED).values("outcome").annotate(n=Count("pk"), size=Sum("size"))
    files = {row["outcome"]: row["n"] for row in rows.order_by()}
    sizes = {row["outcome"]: row["size"] or 0 for row in rows.order_by()}
    return Registered(
        number=found.number,
        series=found.series_id,
        year=found.year,
        files=sum(files.values()),
        bytes=sum(sizes.values()),
        accepted=files.get(FileOutcome.ACCEPTED, 0),
        accepted_bytes=sizes.get(FileOutcome.ACCEPTED, 0),
        apart=sum(files.get(outcome, 0) for outcome in _APART),
        waiting=files.get(FileOutcome.WAITING, 0),
        channel=found.channel,
        receipt_holds=found.receipt_digest is None or bytes(found.receipt_digest) == receipt_digest(receipt(found)),
    )


def begin(accession: Accession) -> None:
    """In the transaction that ends an accession; the checks themselves are a job, and stop nothing."""
    if Item.objects.filter(accession=accession.pk).exists():
        course.link(
            GRANT, accession=accession.pk, number=accession.number, series=accession.series_id, year=accession.year
        )
        jobs.defer("screen", once=True, accession=str(accession.pk))


def screen(*, accession_id: UUID) -> None:
    """Asked again after a person took over, it leaves things as they are."""
    if accession_id in course.unscreened(accession_id):
        course.screen(GRANT, accession=accession_id)


def resume() -> int:
    """For the keeper: what a killed process left unchecked is lined up again."""
    left = course.unscreened()
    for accession in left:
        jobs.defer("screen", once=True, accession=str(accession))
    return len(left)
