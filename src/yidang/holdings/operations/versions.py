"""Changes to filed items: each is a new version in the store, a row in the catalogue and an entry in the ledger."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from django.db import transaction

from yidang.holdings import doubt, numbering, stored
from yidang.holdings.columns import security_class
from yidang.holdings.description import Description, check
from yidang.holdings.dossier import Dossier, FormerCode, say_time
from yidang.holdings.models import Hold, Item, ItemState, PendingVersion, Series
from yidang.holdings.operations.placing import check_year
from yidang.holdings.operations.writing import complete
from yidang.holdings.paging import arrange
from yidang.holdings.plans import Plan
from yidang.holdings.scheme_versions import Terms
from yidang.holdings.sealing import seal_plan
from yidang.holdings.visibility import visible_items
from yidang.identity.policy import Grant, Permission
from yidang.kernel import clock, reference_code
from yidang.kernel.errors import Conflict, Invalid, NotFound
from yidang.kernel.period import term_years

Change = Callable[[Dossier], Dossier]


def save_description(
    grant: Grant,
    *,
    item_id: UUID,
    description: Description,
    reason: str,
    expected_version: int | None = None,
    document_type: str | None = None,
) -> Item:
    """Raises Invalid as `description.check`, Conflict `changed_meanwhile` when `expected_version` is not the head."""
    check(description)
    security_class(description)

    def describe(dossier: Dossier) -> Dossier:
        kind = dossier.document_type if document_type is None else document_type
        return replace(dossier, description=description, document_type=kind)

    return _change(grant, item_id, kind="described", reason=reason, change=describe, expected=expected_version)


def restore_version(grant: Grant, *, item_id: UUID, number: int, reason: str) -> Item:
    """Takes description and pages back to what they were; the item's place and 档号 stay as they are now.

    Raises:
        NotFound: `version_not_found`.
    """

    def restore(dossier: Dossier) -> Dossier:
        former = stored.dossier(item_id, number)
        return replace(
            dossier,
            description=former.description,
            document_type=former.document_type,
            confidence=former.confidence,
            pages=former.pages,
        )

    return _change(grant, item_id, kind="restored", reason=reason, change=restore, text_from=number)


def arrange_pages(
    grant: Grant, *, item_id: UUID, order: Sequence[UUID], turns: Mapping[UUID, int], reason: str
) -> Item:
    """Puts pages in another order and turns them clockwise; `order` names every page of the item once.

    Raises:
        Invalid: `page_order_wrong`, `turn_wrong`.
    """
    return _change(grant, item_id, kind="paged", reason=reason, change=lambda it: arrange(it, order, turns))


def move_item(grant: Grant, *, item_id: UUID, to_series: str, year: int, reason: str) -> Item:
    """Gives the item its place and 档号 where it belongs; the former 档号 stays an alias and is never given again.

    Its term is that of the instrument in force when it was formed, not today's.

    Raises:
        Conflict: `item_on_hold`, `holds_in_doubt`, `already_there`.
        NotFound: `series_not_found`. Invalid: `series_is_branch`, `item_year_implausible`.
    """
    series = Series.objects.select_related("retention_rule").filter(code=to_series).first()
    if series is None:
        raise NotFound("series_not_found", series=to_series)
    check_year(year)
    doubt.require_certain()
    if Hold.objects.filter(item=item_id).exists():
        raise Conflict("item_on_hold")

    def move(dossier: Dossier) -> Dossier:
        if (dossier.series, dossier.year) == (series.code, year):
            raise Conflict("already_there", reference_code=dossier.reference_code)
        term = Terms().of(series, year, dossier.description.formed_on)
        return replace(
            dossier,
            reference_code=_new_code(series, year, term),
            is_legacy_code=False,
            aliases=(
                *dossier.aliases,
                FormerCode(dossier.reference_code, dossier.is_legacy_code, say_time(clock.now())),
            ),
            fonds=series.fonds_id,
            series=series.code,
            year=year,
            term=term,
            volume=None,
        )

    return _change(grant, item_id, kind="moved", reason=reason, change=move)


def reappraise(grant: Grant, *, item_id: UUID, term: str, reason: str) -> Item:
    """Gives the item another retention term. The 档号 stays, though it tells the old one: DA/T 13-2022, stability.

    Raises:
        Invalid: `term_malformed`. Conflict: `term_as_before`.
    """
    term_years(term)

    def give(dossier: Dossier) -> Dossier:
        if dossier.term == term:
            raise Conflict("term_as_before", reference_code=dossier.reference_code)
        return replace(dossier, term=term)

    return _change(grant, item_id, kind="appraised", reason=reason, change=give)


def _new_code(series: Series, year: int, term: str) -> str:
    prefix = reference_code.class_prefix(fonds=series.fonds_id, class_code=series.class_prefix, year=year, term=term)
    return numbering.take(prefix, 1, code_of=reference_code.item_code)[0]


def _change(
    grant: Grant,
    item_id: UUID,
    *,
    kind: str,
    reason: str,
    change: Change,
    expected: int | None = None,
    text_from: int | None = None,
) -> Item:
    grant.require(Permission.DESCRIBE)
    if not reason.strip():
        raise Invalid("reason_missing")
    with transaction.atomic(durable=True):
        item = lock_filed(grant, item_id, expected)
        _check_version(item, text_from)
        dossier = stored.dossier(item.pk, item.version)
        changed = change(dossier)
        plan = Plan(
            number=item.version + 1,
            kind=kind,
            at=say_time(clock.now()),
            actor=grant.actor,
            reason=reason.strip(),
            text_from=text_from or item.version,
            dossier=changed,
        )
        lay_down(item, plan, moved=changed.reference_code != dossier.reference_code)
    return complete(item_id)


def lock_filed(grant: Grant, item_id: UUID, expected: int | None) -> Item:
    item = visible_items(grant).select_for_update(of=("self",)).filter(pk=item_id).first()
    if item is None:
        raise NotFound("item_not_found", item=str(item_id))
    if item.state != ItemState.FILED:
        raise Conflict("item_not_filed", item=item.working_number)
    if PendingVersion.objects.filter(item=item).exists():
        raise Conflict("version_under_way", item=item.reference_code)
    if expected is not None and expected != item.version:
        raise Conflict("changed_meanwhile", item=item.reference_code, version=item.version)
    return item


def _check_version(item: Item, number: int | None) -> None:
    if number is not None and not 1 <= number <= item.version:
        raise NotFound("version_not_found", number=number)


def lay_down(item: Item, plan: Plan, *, moved: bool) -> None:
    PendingVersion.objects.create(
        item=item,
        number=plan.number,
        reference_code=plan.dossier.reference_code if moved else None,
        plan=seal_plan(item.pk, plan.to_json()),
    )
