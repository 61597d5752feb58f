"""Versions of the instrument: the packaged one, drafts of the next, approval by a second person."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from yidang.disposition.instrument.materials import packaged_materials
from yidang.disposition.instrument.models import InstrumentDraft
from yidang.disposition.instrument.rules import Row, check, with_certainty
from yidang.holdings.models import Fonds, SchemeVersion, Series
from yidang.holdings.scheme import load_scheme, packaged_rules, packaged_series
from yidang.holdings.scheme_versions import ACTION, facts_of
from yidang.identity.policy import Grant, Permission
from yidang.kernel import clock
from yidang.kernel.errors import Conflict, Invalid, NotFound
from yidang.ledger.operations import append


def first_rows(fonds: str) -> list[Row]:
    """The packaged scheme is version 1."""
    rules = {rule.code: rule for rule in packaged_rules()}
    found = []
    for row in packaged_series():
        if row["fonds_id"] != fonds:
            continue
        rule = rules.get(row["rule_code"] or "")
        found.append(
            {
                "code": row["code"],
                "parent": row["parent_id"] or "",
                "title_zh": row["title_zh"],
                "title_en": row["title_en"],
                "class": row["class_prefix"],
                "department": row["department_id"] or "",
                "arrangement": str(row["arrangement"]),
                "scope": rule.scope_note if rule else "",
                "rule": rule.code if rule else "",
                "category": rule.category if rule else "",
                "term": rule.term if rule else "",
                "confidence": rule.confidence if rule else "",
                "source": rule.source if rule else "",
                "is_verified": rule.is_verified if rule else True,
                "materials": packaged_materials(row["code"]),
            }
        )
    return found


def versions(fonds: str) -> list[SchemeVersion]:
    return list(SchemeVersion.objects.filter(fonds=fonds).order_by("number"))


def rows_of(fonds: str, number: int) -> list[Row]:
    """Raises NotFound: `instrument_not_found`."""
    if number == 1:
        return first_rows(fonds)
    found = SchemeVersion.objects.filter(fonds=fonds, number=number).first()
    if found is None:
        raise NotFound("instrument_not_found")
    rows: list[Row] = found.rows
    return rows


def last_rows(fonds: str) -> list[Row]:
    return rows_of(fonds, last_number(fonds))


def last_number(fonds: str) -> int:
    known = versions(fonds)
    return known[-1].number if known else 1


def shipped_until(fonds: str) -> date | None:
    """The day before the first approved version begins."""
    known = versions(fonds)
    return known[0].effective_from - timedelta(days=1) if known else None


def effective_until(version: SchemeVersion) -> date | None:
    """The day before the next one begins."""
    later = SchemeVersion.objects.filter(fonds=version.fonds, number__gt=version.number).order_by("number").first()
    return later.effective_from - timedelta(days=1) if later else None


@transaction.atomic
def begin(grant: Grant, *, fonds: str) -> InstrumentDraft:
    """The draft of the next version; the open one, where there is one. Raises NotFound: `instrument_not_found`."""
    grant.require(Permission.KEEP_INSTRUMENT)
    if not Fonds.objects.select_for_update().filter(pk=fonds).exists():
        raise NotFound("instrument_not_found")
    if found := open_draft(fonds):
        return found
    made = InstrumentDraft.objects.create(
        fonds_id=fonds, rows=last_rows(fonds), made_by_id=grant.person, made_at=clock.now()
    )
    append(action="instrument.drafted", actor=grant.actor, subject=made.id, facts={"fonds": fonds})
    return made


def open_draft(fonds: str) -> InstrumentDraft | None:
    return InstrumentDraft.objects.filter(fonds=fonds, state=InstrumentDraft.State.OPEN).first()


def find(draft_id: UUID, *, lock: bool = False) -> InstrumentDraft:
    """Raises NotFound: `instrument_not_found`."""
    drafts = InstrumentDraft.objects.select_for_update() if lock else InstrumentDraft.objects
    found = drafts.filter(id=draft_id).first()
    if found is None:
        raise NotFound("instrument_not_found")
    return found


@transaction.atomic
def keep(grant: Grant, *, draft_id: UUID, rows: list[Row]) -> InstrumentDraft:
    """Raises Invalid as `rules.check`; Conflict: `instrument_decided`."""
    grant.require(Permission.KEEP_INSTRUMENT)
    draft = _open(draft_id)
    before = last_rows(draft.fonds_id)
    check(rows, before=before)
    draft.rows = with_certainty(rows, before=before)
    draft.save()
    append(action="instrument.edited", actor=grant.actor, subject=draft.id, facts={"rows": len(rows)})
    return draft


def keep_row(grant: Grant, *, draft_id: UUID, row: Row) -> InstrumentDraft:
    """One row in the place of the one with its code, or a new one at the end of its category."""
    rows: list[Row] = list(find(draft_id).rows)
    places = [place for place, one in enumerate(rows) if one["code"] == row["code"]]
    if places:
        rows[places[0]] = row
    else:
        rows.append(row)
    return keep(grant, draft_id=draft_id, rows=rows)


@transaction.atomic
def drop(grant: Grant, *, draft_id: UUID) -> None:
    grant.require(Permission.KEEP_INSTRUMENT)
    draft = _open(draft_id)
    draft.state = InstrumentDraft.State.DROPPED
    draft.save()
    append(action="instrument.dropped", actor=grant.actor, subject=draft.id)


def _open(draft_id: UUID) -> InstrumentDraft:
    draft = find(draft_id, lock=True)
    if draft.state != InstrumentDraft.State.OPEN:
        raise Conflict("instrument_decided")
    return draft


def checked_words(plan: Any) -> tuple[str, date]:
    """Approval number and first day. Raises Invalid: `instrument_words_missing`."""
    try:
        number, begins = str(plan["approval_number"]).strip()[:80], date.fromisoformat(plan["effective_from"])
    except ValueError:
        raise Invalid("instrument_words_missing") from None
    if not number:
        raise Invalid("instrument_words_missing")
    return number, begins


@transaction.atomic
def approve(*, draft_id: UUID, approval_number: str, effective_from: date, approved_by: UUID) -> SchemeVersion:
    """Carried out by the approval. Raises Conflict: `instrument_decided`; Invalid: `instrument_too_early`."""
    draft = _open(draft_id)
    known = versions(draft.fonds_id)
    if known and effective_from <= known[-1].effective_from:
        raise Invalid("instrument_too_early", day=known[-1].effective_from)
    check(draft.rows, before=last_rows(draft.fonds_id))
    made = SchemeVersion(
        fonds_id=draft.fonds_id,
        number=last_number(draft.fonds_id) + 1,
        effective_from=effective_from,
        approval_number=approval_number,
        rows=draft.rows,
    )
    made.ledger_entry = append(action=ACTION, actor=str(approved_by), subject=draft.id, facts=facts_of(made))
    made.save()
    draft.state, draft.approved_by_id = InstrumentDraft.State.APPROVED, approved_by
    draft.save()
    load_scheme()
    return made


def take_effect() -> None:
    """On the day a version begins, the series take it on."""
    standing = {version.name for version in SchemeVersion.objects.filter(effective_from=clock.today())}
    if standing - set(Series.objects.values_list("scheme_version", flat=True)):
        load_scheme()


def unverified_of(rows: list[Row]) -> int:
    return sum(1 for row in rows if row["parent"] and not row["is_verified"])
