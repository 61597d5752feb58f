"""The 档号 of items about to be filed, in a transaction of its own: counter and item change together."""

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from django.db import IntegrityError, connection, transaction

from yidang.holdings import numbering
from yidang.holdings.description import Description, check
from yidang.holdings.models import Item, ItemState, Page, Series
from yidang.holdings.operations.drafting import DRAFT_STATES
from yidang.holdings.sealing import open_description
from yidang.kernel import clock, reference_code
from yidang.kernel.errors import Invalid

MACHINE = "system:"
_LONGEST_CODE = 80
_ATTEMPTS = 3


def reserve(item_ids: Sequence[UUID], actor: str) -> None:
    """Two writers may bring in one old number at the same moment; the later one looks again and leaves it waiting."""
    for attempt in range(_ATTEMPTS):
        try:
            with transaction.atomic(durable=True):
                _reserve_once(item_ids, actor)
        except IntegrityError:
            if attempt == _ATTEMPTS - 1:
                raise
        else:
            return


def _reserve_once(item_ids: Sequence[UUID], actor: str) -> None:
    rows = Item.objects.select_for_update(of=("self",)).filter(pk__in=item_ids, state__in=DRAFT_STATES)
    locked = {item.pk: item for item in rows.select_related("series", "volume").order_by("pk")}
    items = [locked[pk] for pk in dict.fromkeys(item_ids) if pk in locked]  # numbers follow the caller's order
    descriptions = {item.pk: open_description(item.pk, item.description) for item in items}
    unread = set(Page.objects.filter(item__in=locked, is_read=False).values_list("item_id", flat=True))
    fit = [item for item in items if item.pk not in unread and _is_fit(item, descriptions[item.pk], actor)]
    _give_codes(fit, descriptions)
    numbered = [item for item in fit if item.reference_code]
    _save_reserved(numbered, actor)
    refused = locked.keys() - {item.pk for item in numbered}
    Item.objects.filter(pk__in=refused).update(state=ItemState.WAITING)


def _is_fit(item: Item, description: Description, actor: str) -> bool:
    """An item in an open volume is numbered when the volume is sealed.

    What a series keeps in volumes is not filed by itself without a person's word, unless it brings an old number.
    """
    if _asks_for_volume(item) and actor.startswith(MACHINE) and not description.text("legacy_code"):
        return False
    try:
        check(description)
    except Invalid:
        return False
    return bool(description.title) and (item.volume is None or item.reference_code is not None)


def _asks_for_volume(item: Item) -> bool:
    return item.series.arrangement == Series.Arrangement.BY_VOLUME and item.volume is None and not item.reference_code


def _give_codes(items: Sequence[Item], descriptions: dict[UUID, Description]) -> None:
    _give_legacy_codes(items, descriptions)
    by_prefix: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        if not item.reference_code and not descriptions[item.pk].text("legacy_code"):
            by_prefix[prefix_of(item)].append(item)
    for prefix in sorted(by_prefix):  # one order for all writers, so that two never wait for each other
        waiting = by_prefix[prefix]
        codes = numbering.take(prefix, len(waiting), code_of=reference_code.item_code)
        for item, fresh in zip(waiting, codes, strict=True):
            item.reference_code = fresh


def prefix_of(item: Item) -> str:
    series = item.series
    return reference_code.class_prefix(
        fonds=series.fonds_id, class_code=series.class_prefix, year=item.year, term=item.term
    )


def _give_legacy_codes(items: Sequence[Item], descriptions: dict[UUID, Description]) -> None:
    """Verbatim; of several items with one old number the first is numbered, the others wait for a person."""
    wanted = {item.pk: code for item in items if (code := descriptions[item.pk].text("legacy_code").strip())}
    used = numbering.taken(list(wanted.values()))
    for item in items:
        code = wanted.get(item.pk, "")
        if code and code not in used and len(code) <= _LONGEST_CODE:
            item.reference_code, item.is_legacy_code = code, True
            used.add(code)


def _save_reserved(items: Sequence[Item], actor: str) -> None:
    ids = [item.pk for item in items]
    codes = [item.reference_code for item in items]
    legacy = [item.is_legacy_code for item in items]
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE holdings_item i SET reference_code = n.code, is_legacy_code = n.legacy,"
            " state = 'filing', filed_at = %s, filed_by = %s"
            " FROM unnest(%s::uuid[], %s::text[], %s::bool[]) AS n(id, code, legacy) WHERE i.id = n.id",
            [clock.now(), actor, ids, codes, legacy],
        )
