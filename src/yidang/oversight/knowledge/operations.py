"""Importing a table of the knowledge base: looked at as a draft, put in force, confirmed by another person."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from uuid import UUID

from django.db import transaction

from yidang.claims.importing.files import collect
from yidang.claims.importing.readers.sheets import rows_of
from yidang.identity.policy import Grant, Permission
from yidang.kernel.clock import now, today
from yidang.kernel.errors import Conflict, Invalid, NotFound
from yidang.ledger.operations import append
from yidang.oversight.knowledge import current, laying, rules
from yidang.oversight.knowledge.forms import Form, form_of, forms
from yidang.oversight.knowledge.models import KnowledgeVersion
from yidang.oversight.knowledge.shipped import shipped

MOST_ROWS = 200_000
State = KnowledgeVersion.State


@dataclass(frozen=True, slots=True)
class Given:
    """One file of one table. `kind`: a table of the knowledge base, or one kind of its rows."""

    path: Path
    kind: str
    source: str
    effective_from: date | None = None


@transaction.atomic
def draft(*, grant: Grant, given: Given) -> KnowledgeVersion:
    """What the file says, kept to be looked at; no rule reads it.

    Raises:
        Invalid: `knowledge_kind_unknown`, `knowledge_source_missing`, `knowledge_columns_missing`,
            `knowledge_columns_twice`, `knowledge_nothing`, `knowledge_too_long`, and what the reader of sheets raises.
    """
    grant.require(Permission.TUNE_RULES)
    form, kind = form_of(given.kind)
    if not given.source.strip():
        raise Invalid("knowledge_source_missing")
    found = _read(given.path, form, kind)
    effective = given.effective_from or today()
    version = KnowledgeVersion.objects.create(
        table=form.table,
        kind=kind,
        effective_from=effective,
        source=given.source.strip()[:200],
        rows=found.rows,
        quarantined=found.bad,
        difference=rules.difference(_before(form, kind, effective), found.rows, form),
        by_id=grant.staff_id,
        imported_at=now(),
    )
    facts = {"number": version.name, "table": form.table, "rows": len(found.rows), "rejected": len(found.bad)}
    append(action="knowledge.imported", actor=grant.actor, subject=version.id, facts=facts)
    return version


def _read(path: Path, form: Form, kind: str) -> rules.Read:
    (sheet,) = collect(path)[:1]
    if sheet.kind != "sheet":
        raise Invalid("claims_upload_kind")
    grid = rows_of(sheet)
    names = rules.columns_of(next(grid, (0, []))[1], form)
    missing = sorted(_lacking(form, kind, set(names)))
    if missing:
        raise Invalid("knowledge_columns_missing", columns="、".join(map(form.heading, missing)))
    found = rules.read((row for row in grid if any(row[1])), names, form, kind)
    if not found.rows:
        raise Invalid("knowledge_nothing")
    if len(found.rows) > MOST_ROWS:
        raise Invalid("knowledge_too_long", most=MOST_ROWS)
    return found


def _lacking(form: Form, kind: str, names: set[str]) -> frozenset[str]:
    """Columns no row could do without; of a table of all kinds, those every kind needs."""
    if kind:
        return form.needed_of(kind) - {*names, "kind"}
    return form.needed - names - {name for spared in form.spared.values() for name in spared}


def _before(form: Form, kind: str, day: date) -> list[rules.Row]:
    """What this version stands in place of: of one kind, the rows of that kind."""
    earlier = [one for one in laying.in_force(form.table) if one.effective_from <= day and one.kind in {"", kind}]
    rows = earlier[-1].rows if earlier else [rules.typed(row, form) for row in shipped()[form.table]]
    return [row for row in rows if not kind or row["kind"] == kind]


@transaction.atomic
def put_in_force(*, grant: Grant, version_id: UUID) -> KnowledgeVersion:
    """From its day on the rules read it. Raises NotFound, Conflict `knowledge_not_draft`."""
    version = _leave_draft(grant, version_id, State.IN_FORCE)
    append(action="knowledge.in_force", actor=grant.actor, subject=version.id, facts=_facts(version))
    transaction.on_commit(laying.lay_down)
    return version


@transaction.atomic
def discard(*, grant: Grant, version_id: UUID) -> KnowledgeVersion:
    """Raises NotFound, Conflict `knowledge_not_draft`."""
    version = _leave_draft(grant, version_id, State.DISCARDED)
    append(action="knowledge.discarded", actor=grant.actor, subject=version.id, facts=_facts(version))
    return version


def _leave_draft(grant: Grant, version_id: UUID, state: State) -> KnowledgeVersion:
    grant.require(Permission.TUNE_RULES)
    version = _locked(version_id)
    if version.state != State.DRAFT:
        raise Conflict("knowledge_not_draft", number=version.name)
    version.state = state
    version.save(update_fields=["state"])
    return version


def _facts(version: KnowledgeVersion) -> dict[str, str]:
    return {"number": version.name, "table": version.table, "from": version.effective_from.isoformat()}


@transaction.atomic
def confirm(*, grant: Grant, version_id: UUID) -> KnowledgeVersion:
    """Another person compared it with the official print.

    Raises:
        NotFound. Conflict: `knowledge_not_in_force`, `knowledge_own`.
    """
    grant.require(Permission.TUNE_RULES)
    version = _locked(version_id)
    if version.state != State.IN_FORCE or version.verified:
        raise Conflict("knowledge_not_in_force", number=version.name)
    if version.by_id is not None and version.by_id == grant.staff_id:
        raise Conflict("knowledge_own", number=version.name)
    version.verified, version.verified_by_id, version.verified_at = True, grant.staff_id, now()
    version.save(update_fields=["verified", "verified_by", "verified_at"])
    append(action="knowledge.confirmed", actor=grant.actor, subject=version.id, facts=_facts(version))
    return version


def version_of(grant: Grant, version_id: UUID) -> KnowledgeVersion:
    """Raises NotFound `knowledge_unknown`."""
    grant.require(Permission.SEE_OVERSIGHT)
    found = KnowledgeVersion.objects.select_related("by", "verified_by").filter(id=version_id).first()
    if found is None:
        raise NotFound("knowledge_unknown")
    return found


def versions(grant: Grant) -> list[tuple[str, int, list[KnowledgeVersion]]]:
    """By table: how many rows rules read, and every version but those discarded, the newest first."""
    grant.require(Permission.SEE_OVERSIGHT)
    found: dict[str, list[KnowledgeVersion]] = {table: [] for table in forms()}
    for one in KnowledgeVersion.objects.exclude(state=State.DISCARDED).defer("rows").select_related("by"):
        found[one.table].append(one)
    return [(table, len(current.base()[table]), own) for table, own in found.items()]


def _locked(version_id: UUID) -> KnowledgeVersion:
    found = KnowledgeVersion.objects.select_for_update().filter(id=version_id).first()
    if found is None:
        raise NotFound("knowledge_unknown")
    return found
