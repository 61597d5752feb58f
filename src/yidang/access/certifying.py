"""Statements about records: who may have one made, see it and take it back."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from yidang.holdings.models import Item, ItemVersion
from yidang.holdings.proving import attest
from yidang.holdings.queries import get_item, visible_items
from yidang.identity.policy import Grant, Permission
from yidang.kernel.errors import Conflict, NotFound
from yidang.ledger.models import LedgerStatement
from yidang.ledger.operations import append
from yidang.ledger.queries import proof
from yidang.ledger.sequencing import sequence
from yidang.ledger.statements.claims import Value
from yidang.ledger.statements.kinds import UNCHANGED, Language
from yidang.ledger.statements.operations import Statement, issue, opened, revoke
from yidang.ledger.statements.paper.making import signed_pdf
from yidang.workflow.sending import public_url

PER_PAGE = 50


def state_no_change(grant: Grant, item_id: UUID) -> Statement:
    """Compares every stored byte now, then says under signature that nothing has changed since the head version.

    Raises:
        NotAllowed: `not_allowed`. NotFound: `item_not_found`.
        Conflict: `item_not_filed`, `statement_item_changed` when something was found.
    """
    with checked_head(grant, item_id) as (item, version):
        claims: dict[str, Value] = {
            "reference_code": item.reference_code or "",
            "version": version.number,
            "since": int(version.at.timestamp()),
        }
        return issue(
            kind=UNCHANGED.code,
            claims=claims,
            ledger_entry=version.ledger_entry,
            actor=grant.actor,
            subject=item.pk,
        )


@contextmanager
def checked_head(grant: Grant, item_id: UUID) -> Iterator[tuple[Item, ItemVersion]]:
    """The item and its head version, every stored byte compared, inside the transaction that says so.

    Raises as `state_no_change`.
    """
    grant.require(Permission.VERIFY)
    settle(_head(get_item(grant, item_id)).ledger_entry)
    with transaction.atomic():
        found = attest(grant, item_id)
        if not found.is_intact:
            raise Conflict("statement_item_changed", item=found.item.reference_code)
        yield found.item, _head(found.item)


def _head(item: Item) -> ItemVersion:
    if not item.version:
        raise Conflict("item_not_filed", item=item.working_number)
    head = ItemVersion.objects.filter(item=item, number=item.version).first()
    if head is None:  # changed or destroyed since it was looked up
        raise NotFound("item_not_found", item=item.reference_code)
    return head


def settle(entry: UUID) -> None:
    """A version written this very second is brought into the log first."""
    try:
        proof(entry)
    except Conflict:
        sequence()


def visible_statements(grant: Grant) -> QuerySet[LedgerStatement]:
    """Those about records that the grant may see, and those about none."""
    grant.require(Permission.VERIFY)
    seen = Q(subject__isnull=True) | Q(subject__in=visible_items(grant).values("pk"))
    return LedgerStatement.objects.filter(seen).order_by("-issued_at", "number")


def codes_of(grant: Grant, rows: Sequence[LedgerStatement]) -> dict[UUID | None, str]:
    """The 档号 of the records that the statements are about."""
    about = {row.subject for row in rows if row.subject}
    found = visible_items(grant).filter(pk__in=about).values_list("pk", "reference_code")
    return {pk: code for pk, code in found if code}


def get_statement(grant: Grant, number: str) -> LedgerStatement:
    """Raises NotFound `statement_not_found`, also for what the asker may not know of."""
    row = visible_statements(grant).filter(number=number).first()
    if row is None:
        raise NotFound("statement_not_found", number=number[:40])
    return row


@transaction.atomic
def show_statement(grant: Grant, number: str) -> tuple[LedgerStatement, Statement]:
    """For the screen; the ledger says who looked."""
    row = get_statement(grant, number)
    append(action="statement.viewed", actor=grant.actor, subject=row.subject, facts={"number": number})
    return row, opened(row)


def hand_out(grant: Grant, number: str, language: Language) -> bytes:
    """The signed PDF. Raises Conflict `statement_revoked_already`: what was taken back is not handed out again."""
    row = get_statement(grant, number)
    if row.revoked_at is not None:
        raise Conflict("statement_revoked_already", number=number)
    settle(row.entry)
    with transaction.atomic():
        append(action="statement.handed_out", actor=grant.actor, subject=row.subject, facts={"number": number})
    return signed_pdf(opened(row), base=public_url(), language=language)


def take_back(grant: Grant, number: str, *, reason: str, remark: str = "") -> None:
    """Raises what `get_statement` and `ledger.statements.operations.revoke` raise."""
    get_statement(grant, number)
    revoke(number=number, reason=reason, actor=grant.actor, remark=remark.strip())
