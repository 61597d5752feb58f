"""The desk at which a reviewer compares a record's page with its description, field by field."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from yidang.crypto.fields import open_json, seal_json
from yidang.holdings.description import specs
from yidang.holdings.models import Item
from yidang.holdings.queries import description, get_item
from yidang.holdings.showing import Opened, ShownField, open_item
from yidang.holdings.visibility import visible_items
from yidang.identity.given import Moment, records
from yidang.identity.policy import Grant, Permission
from yidang.identity.reaches import TASK
from yidang.kernel import clock
from yidang.kernel.errors import Conflict, Invalid, NotFound
from yidang.ledger.operations import append
from yidang.quality.accuracy.sampling import find_sample, finish_if_done
from yidang.quality.models import FieldCheck, Sample, SampleItem, SampleState

# What the page tells and the description leaves out counts as one wrong field.
LEFT_OUT = "left_out"
# Written by the archive about the record, not read from its pages.
_NOT_ON_THE_PAGE = frozenset({"security_class", "pages", "legacy_code", "box_number", "keywords", "note"})
_TABLE = "quality_field_check"
_LONGEST = 400


@dataclass(frozen=True)
class Verdict:
    is_right: bool
    note: str = ""


@dataclass(frozen=True)
class Desk:
    row: SampleItem
    opened: Opened
    fields: Sequence[ShownField]


def in_hand(staff_id: UUID, _moment: Moment) -> QuerySet[Any, Any]:
    """The record in hand is seen whole by who compares it, until that is done."""
    return records(SampleItem.objects.filter(reviewer=staff_id, compared_at__isnull=True), purpose=TASK)


@transaction.atomic
def take(*, grant: Grant, sample_id: UUID) -> SampleItem | None:
    """The record in hand, else the next that is within reach and was not filed by oneself; None when none is left.

    Raises Conflict: `sample_compared`.
    """
    grant.require(Permission.REVIEW_SAMPLES)
    sample = find_sample(grant, sample_id)
    _settle_gone(sample)
    sample.refresh_from_db()
    if sample.state == SampleState.COMPARED:
        raise Conflict("sample_compared")
    rows = sample.rows.select_for_update(of=("self",), skip_locked=True).filter(compared_at__isnull=True)
    in_hand = rows.filter(reviewer=grant.person).first()
    if in_hand is not None:
        return in_hand
    mine = visible_items(grant).exclude(filed_by=grant.actor).values("pk")
    row = rows.filter(reviewer__isnull=True, item__in=mine).first()
    if row is not None:
        row.reviewer_id, row.taken_at = grant.person, clock.now()
        row.save()
        facts = {"number": sample.name, "ordinal": row.ordinal}
        append(action="sample.taken", actor=grant.actor, subject=row.item, facts=facts)
    return row


def _settle_gone(sample: Sample) -> None:
    """What was destroyed meanwhile cannot be compared, and counts for nothing."""
    standing = Item.objects.filter(pk__in=sample.rows.values("item")).values("pk")
    gone = sample.rows.filter(compared_at__isnull=True).exclude(item__in=standing)
    if gone.update(compared_at=clock.now()):
        finish_if_done(sample)


@transaction.atomic
def open_desk(grant: Grant, row_id: UUID) -> Desk:
    """Raises NotFound: `sample_not_found`."""
    row = _in_hand(grant, row_id)
    opened = open_item(grant, row.item)
    return Desk(row, opened, [one for one in opened.fields if one.spec.key not in _NOT_ON_THE_PAGE])


def _in_hand(grant: Grant, row_id: UUID) -> SampleItem:
    grant.require(Permission.REVIEW_SAMPLES)
    row = SampleItem.objects.select_related("sample__series").filter(pk=row_id, reviewer=grant.person).first()
    if row is None:
        raise NotFound("sample_not_found")
    return row


def compared_keys(item: Item) -> list[str]:
    described = description(item)
    return [key for key in specs() if key in described.fields and key not in _NOT_ON_THE_PAGE]


@transaction.atomic
def compare(*, grant: Grant, row_id: UUID, verdicts: Mapping[str, Verdict]) -> SampleItem:
    """A word on every field, and `left_out` where the page tells more. Raises Invalid: `comparison_incomplete`.

    Raises Conflict: `comparison_done`. NotFound: `sample_not_found`, `item_not_found` when it was destroyed meanwhile.
    """
    row = _in_hand(grant, row_id)
    sample = Sample.objects.select_for_update().select_related(None).get(pk=row.sample_id)
    row.refresh_from_db()
    if row.compared_at:
        raise Conflict("comparison_done")
    keys = compared_keys(get_item(grant, row.item))
    if set(verdicts) - {LEFT_OUT} != set(keys):
        raise Invalid("comparison_incomplete")
    FieldCheck.objects.bulk_create([_check(row, key, verdict) for key, verdict in verdicts.items()])
    wrong = sorted(key for key, verdict in verdicts.items() if not verdict.is_right)
    row.compared, row.wrong, row.compared_at = len(verdicts), len(wrong), clock.now()
    row.save()
    facts = {"number": sample.name, "ordinal": row.ordinal, "compared": row.compared, "wrong": wrong}
    append(action="sample.compared", actor=grant.actor, subject=row.item, facts=facts)
    finish_if_done(sample)
    return row


def _check(row: SampleItem, key: str, verdict: Verdict) -> FieldCheck:
    made = FieldCheck(row=row, key=key, is_right=verdict.is_right)
    if verdict.note.strip():
        words = verdict.note.strip()[:_LONGEST]
        made.sealed_note = seal_json(words, table=_TABLE, row=f"{row.pk}/{key}", field="note")
    return made


def note_of(check: FieldCheck) -> str:
    if check.sealed_note is None:
        return ""
    return str(open_json(bytes(check.sealed_note), table=_TABLE, row=f"{check.row_id}/{check.key}", field="note"))
