"""Setting a file aside with the reason."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from yidang.intake.models import ContentClaim, FileOutcome, ReceivedFile
from yidang.intake.sealed import seal_facts
from yidang.kernel.errors import DomainError
from yidang.ledger.events import NewEvent
from yidang.ledger.operations import append_many

_ACTOR = "system:intake"


def quarantine(file: ReceivedFile, problem: DomainError) -> None:
    set_aside([(file, problem.code, dict(problem.facts))])


@transaction.atomic
def set_aside(refused: Sequence[tuple[ReceivedFile, str, dict[str, Any]]]) -> None:
    """Each file with code and facts; its bytes stay staged, its claim on them ends."""
    for file, code, facts in refused:
        file.outcome, file.code = FileOutcome.QUARANTINED, code
        file.facts = seal_facts(file.id, {name: plain(value) for name, value in facts.items()})
        file.item = None
    files = [file for file, _, _ in refused]
    ReceivedFile.objects.bulk_update(files, ["outcome", "code", "facts", "item", "digest", "about"])
    ContentClaim.objects.filter(file__in=files).delete()
    append_many(
        [
            NewEvent(
                action="file.quarantined",
                actor=_ACTOR,
                subject=file.accession_id,
                facts={"file": str(file.id), "code": code},
                private=None,
            )
            for file, code, _ in refused
        ]
    )


def plain(value: object) -> object:
    """Facts are kept as JSON."""
    return value if isinstance(value, str | int | float | bool | list) or value is None else str(value)
