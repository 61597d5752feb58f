"""What searches and views looked for stands sealed in the database alone; a rebuild cannot bring it back, and says so.

The rebuild commits in the ledger to exactly which entries lost their sealed part. `verify` lets these pass, and only
these: one more that is missing, or one the less, and it names them all.
"""

from collections.abc import Iterable

from django.db import transaction

from yidang.crypto.sm import sm3
from yidang.kernel.difference import Difference, difference
from yidang.ledger.audit import verify_ledger
from yidang.ledger.models import LedgerEntry
from yidang.ledger.operations import append, sequence
from yidang.ledger.queries import event

ACTION = "ledger.rebuilt"
_CODE = "ledger_private_wrong"


def attest() -> list[Difference]:
    """Called at the end of a rebuild; the note to tell."""
    sequence()
    lost = _without_details(verify_ledger())
    if not lost:
        return []
    with transaction.atomic():
        append(action=ACTION, actor="system:rebuild", facts={"lost": len(lost), "entries": _digest(lost)})
    sequence()
    return [difference("private_details_lost", count=len(lost))]


def set_apart(found: Iterable[Difference]) -> tuple[list[Difference], list[Difference]]:
    """(differences, notes)."""
    differences = list(found)
    lost = _without_details(differences)
    if not lost or _attested() != _digest(lost):
        return differences, []
    others = [one for one in differences if str(one.facts.get("entry")) not in lost]
    return others, [difference("private_details_lost", count=len(lost))]


def _without_details(found: Iterable[Difference]) -> set[str]:
    """Entries whose sealed part is gone, not altered."""
    named = {str(one.facts["entry"]) for one in found if one.code == _CODE}
    return {str(pk) for pk in LedgerEntry.objects.filter(pk__in=named, private=None).values_list("pk", flat=True)}


def _attested() -> str:
    newest = LedgerEntry.objects.filter(action=ACTION).order_by("-id").first()
    return str(event(newest.pk).facts["entries"]) if newest else ""


def _digest(entries: set[str]) -> str:
    return sm3("\n".join(sorted(entries)).encode()).hex()
