"""From the hand-over to the receipt, and what becomes of the bureau's own records then."""

from datetime import date
from uuid import UUID

from django.db import transaction

from yidang.crypto.envelope import SealedReader
from yidang.crypto.fields import open_json, seal_json
from yidang.disposition.ports import forget_traces
from yidang.disposition.transfers import rules
from yidang.disposition.transfers.models import Transfer, TransferState
from yidang.disposition.transfers.packing import forget_package, opened
from yidang.disposition.transfers.proposing import locked, release
from yidang.disposition.transfers.states import state_of
from yidang.holdings import doubt
from yidang.holdings.models import Hold
from yidang.holdings.operations import bury, erase_unerased, lock_for_end
from yidang.identity.policy import Grant, Permission, system_grant
from yidang.kernel import clock
from yidang.kernel.errors import Conflict, Invalid, NotAllowed
from yidang.ledger.operations import append

TABLE, FIELD = "disposition_transfer", "receipt"
MEDIA = ("online", "offline")
_LONGEST = 400
_AT_ONCE = 200


def download(grant: Grant, *, transfer_id: UUID, second_factor_fresh: bool) -> tuple[Transfer, SealedReader]:
    """The package in clear, for who carries it over.

    Raises:
        NotAllowed: `not_allowed`, `second_factor_needed`. Conflict: `transfer_step_wrong`.
    """
    grant.require(Permission.TRANSFER_RECORDS)
    if not second_factor_fresh:
        raise NotAllowed("second_factor_needed")
    with transaction.atomic():
        found = locked(transfer_id)
        if not state_of(found).has_package:
            raise Conflict("transfer_step_wrong", state=found.state)
        reader = opened(found)
        facts = {"number": found.name, "sha512": found.package_sha512}
        append(action="transfer.downloaded", actor=grant.actor, subject=found.id, facts=facts)
    return found, reader


@transaction.atomic
def hand_over(grant: Grant, *, transfer_id: UUID, medium: str) -> None:
    """Raises Invalid: `transfer_words_missing`. Conflict: `transfer_step_wrong`."""
    found = locked(transfer_id)
    state_of(found).require("hand_over", grant)
    if medium not in MEDIA:
        raise Invalid("transfer_words_missing")
    found.state, found.medium = TransferState.HANDED_OVER, medium
    found.handed_by_id, found.handed_at = grant.person, clock.now()
    found.save()
    facts = {"number": found.name, "medium": medium, "sha512": found.package_sha512}
    append(action="transfer.handed_over", actor=grant.actor, subject=found.id, facts=facts)


@transaction.atomic
def record_receipt(
    grant: Grant, *, transfer_id: UUID, number: str, on: date, signer: str, digest: str, remark: str
) -> None:
    """The receiver's signed receipt names the package by its digest: what they have is what was sent.

    Raises:
        Invalid: `receipt_words_missing`, `receipt_digest_differs`. Conflict: `transfer_step_wrong`.
    """
    found = locked(transfer_id)
    state_of(found).require("record_receipt", grant)
    if not number.strip() or not signer.strip() or on > clock.today() or not rules.is_digest(digest):
        raise Invalid("receipt_words_missing")
    if digest.strip().lower() != found.package_sha512:
        raise Invalid("receipt_digest_differs")
    words = {"signer": signer.strip()[:_LONGEST], "remark": remark.strip()[:_LONGEST]}
    found.sealed_receipt = seal_json(words, table=TABLE, row=str(found.id), field=FIELD)
    found.receipt_number, found.received_on = number.strip()[:80], on
    found.receipt_by_id, found.state = grant.person, TransferState.RECEIVED
    found.save()
    release(found)
    facts = {
        "number": found.name,
        "receipt": found.receipt_number,
        "on": on.isoformat(),
        "sha512": found.package_sha512,
        "items": found.lines.count(),
    }
    append(action="transfer.received", actor=grant.actor, subject=found.id, facts=facts, private=words)
    transaction.on_commit(lambda: forget_package(found))


def receipt_of(found: Transfer) -> dict[str, str]:
    if found.sealed_receipt is None:
        return {}
    said: dict[str, str] = open_json(bytes(found.sealed_receipt), table=TABLE, row=str(found.id), field=FIELD)
    return said


def advance() -> int:
    """For the keeper: where the receiver has them and the bureau does not keep them, the records end here."""
    if doubt.standing() is not None:
        return 0
    ended = 0
    under_way = Transfer.objects.filter(
        state=TransferState.RECEIVED, keeping=Transfer.Keeping.TOMBSTONE, lines__is_ended=False
    )
    for pk in set(under_way.values_list("pk", flat=True)):
        while taken := _end_some(pk):
            ended += taken
    if ended:
        while erase_unerased():
            pass
    return ended


@transaction.atomic
def _end_some(pk: int) -> int:
    """What somebody else holds stays until they let go."""
    found = Transfer.objects.select_for_update().get(pk=pk)
    waiting = list(found.lines.filter(is_ended=False)[:_AT_ONCE])
    items = lock_for_end([line.item for line in waiting])
    held = set(Hold.objects.filter(item__in=[item.pk for item in items]).values_list("item", flat=True))
    going = [item.pk for item in items if item.pk not in held]
    forget_traces(going)
    bury(system_grant("disposition"), items=going, list_number=found.name)
    standing = {item.pk for item in items} & held
    done = [line.pk for line in waiting if line.item not in standing]
    return found.lines.filter(pk__in=done).update(is_ended=True)
