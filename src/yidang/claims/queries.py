"""Reading settlements and enrolees. Whoever opens one is on the ledger; names and illnesses come masked."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Prefetch, QuerySet

from yidang.claims.importing import extracts
from yidang.claims.importing.mapping import fee_categories
from yidang.claims.models import ClinicalExtract, Enrolee, Evidence, Line, Settlement, SettlementEvent
from yidang.claims.naming import names_of_diagnoses, names_of_groups, names_of_items, names_of_operations
from yidang.claims.sealed import before, opened, words_of
from yidang.crypto.fields import blind_forms
from yidang.holdings.showing import LONGEST_REASON, SHORTEST_REASON
from yidang.identity.policy import Grant, Permission
from yidang.kernel import masking, resident_id
from yidang.kernel.clock import CHINA
from yidang.kernel.errors import Invalid, NotFound
from yidang.ledger.operations import append

_SERIAL = 18  # digits of a number that is one by itself
_MASKS = {"name": masking.mask_name, "id_number": masking.mask_id_number, "phone": masking.mask_phone}


@dataclass(frozen=True)
class Wanted:
    """What a list of settlements is narrowed to; blank does not narrow."""

    number: str = ""
    provider: str = ""
    visit: str = ""
    since: date | None = None
    until: date | None = None
    only_reversed: bool = False


@dataclass(frozen=True)
class Account:
    """One settlement as its page shows it; without `is_clear` its words are masked. `names`: what its codes mean."""

    settlement: Settlement
    is_clear: bool
    words: dict[str, Any]
    clinical: dict[str, Any]
    extracts: dict[str, list[dict[str, Any]]]
    lines: list[Line]
    events: list[SettlementEvent]
    evidence: list[Evidence]
    fees: list[tuple[str, list[int]]] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)

    @property
    def taken_back_fen(self) -> int:
        """By decisions, less what was given back when they fell."""
        signs = {SettlementEvent.Kind.RECOVERED: 1, SettlementEvent.Kind.RESTORED: -1}
        return sum(signs.get(SettlementEvent.Kind(event.kind), 0) * (event.amount_fen or 0) for event in self.events)


def settlements(grant: Grant, wanted: Wanted) -> QuerySet[Settlement]:
    grant.require(Permission.SEE_CLAIMS)
    found = Settlement.objects.select_related("provider").order_by("-settled_at", "-claim")
    if wanted.number:
        number = wanted.number.strip()
        is_serial = number.isdecimal() and len(number) <= _SERIAL
        found = found.filter(claim=int(number)) if is_serial else found.filter(number=number)
    if wanted.provider:
        found = found.filter(provider=wanted.provider.strip())
    if wanted.visit:
        found = found.filter(visit=wanted.visit)
    if wanted.since:
        found = found.filter(settled_at__gte=_begin(wanted.since))
    if wanted.until:
        found = found.filter(settled_at__lt=_begin(wanted.until + timedelta(days=1)))
    return found.filter(reversed=True) if wanted.only_reversed else found


def _begin(day: date) -> datetime:
    return datetime.combine(day, time(), CHINA)


@transaction.atomic
def account_of(grant: Grant, claim: int, *, reason: str = "") -> Account:
    """With a reason, and the permission to lift masks, in clear. Raises NotFound `settlement_not_found`, Invalid."""
    grant.require(Permission.SEE_CLAIMS)
    found = Settlement.objects.select_related("provider", "person", "batch").filter(claim=claim).first()
    if found is None:
        raise NotFound("settlement_not_found")
    _note(grant, "settlement", found.person.id, {"claim": claim}, reason)
    extract = ClinicalExtract.objects.filter(pk=claim).first()
    is_clear = bool(reason)
    clinical = _clinical(opened(found), is_clear=is_clear)
    lines = list(found.fee_lines.order_by("served_at", "line"))
    return Account(
        settlement=found,
        is_clear=is_clear,
        words=shown(words_of(found.person), is_clear=is_clear),
        clinical=clinical,
        extracts=extracts.opened(extract) if extract and is_clear else {},
        lines=lines,
        events=list(found.events.select_related("by", "asked_by").order_by("-version")),
        evidence=list(found.evidence.select_related("linked_by").order_by("linked_at")),
        fees=[
            (fee_categories().get(order, order), amounts) for order, amounts in sorted(found.fees.items(), key=_order)
        ],
        names=names_of_items({line.item for line in lines}) | (_named(found, clinical) if is_clear else {}),
    )


def _named(found: Settlement, clinical: dict[str, Any]) -> dict[str, str]:
    """What the codes of illness, operation and group mean, where they stand in clear."""
    diagnoses = {clinical.get("main") or "", *(row["code"] for row in clinical.get("diagnoses") or [])}
    operations = {row["code"] for row in clinical.get("operations") or []}
    groups = names_of_groups({clinical.get("drg") or ""}, found.settled_at.astimezone(CHINA).date())
    return names_of_diagnoses(diagnoses) | names_of_operations(operations) | groups


def _order(entry: tuple[str, Any]) -> int:
    return int(entry[0]) if entry[0].isdecimal() else 99


def shown(words: dict[str, Any], *, is_clear: bool) -> dict[str, Any]:
    if is_clear:
        return words
    return {key: _MASKS.get(key, masking.mask_words)(str(value)) for key, value in words.items()}


def _clinical(words: dict[str, Any], *, is_clear: bool) -> dict[str, Any]:
    """How many there are may be seen; which they are may not."""
    if is_clear:
        return words
    hidden = masking.mask_words("")
    rows = {key: [row | {"code": hidden} for row in words.get(key) or []] for key in ("diagnoses", "operations")}
    return {"main": hidden, "drg": hidden, **rows}


@transaction.atomic
def enrolee_for(grant: Grant, enrolee_id: UUID, *, reason: str = "") -> tuple[Enrolee, dict[str, Any]]:
    """Raises NotFound `enrolee_not_found`, Invalid `unmasking_reason_missing`."""
    grant.require(Permission.SEE_CLAIMS)
    sources = Prefetch("sources")
    found = Enrolee.objects.prefetch_related(sources).filter(pk=enrolee_id).first()
    if found is None:
        raise NotFound("enrolee_not_found")
    _note(grant, "enrolee", found.id, {}, reason)
    return found, shown(words_of(found), is_clear=bool(reason))


def find_person(grant: Grant, id_number: str) -> Enrolee:
    """By a whole ID number, of 15 or 18 digits. Raises NotFound `enrolee_not_found`."""
    grant.require(Permission.SEE_CLAIMS)
    forms = blind_forms("id_number", resident_id.upgrade(id_number))
    found = Enrolee.objects.filter(id_index__in=forms, merged_into__isnull=True).first()
    if found is None or not id_number.strip():
        raise NotFound("enrolee_not_found")
    return found


def _note(grant: Grant, what: str, subject: UUID, facts: dict[str, Any], reason: str) -> None:
    if not reason:
        append(action=f"{what}.shown", actor=grant.actor, subject=subject, facts=facts)
        return
    grant.require(Permission.UNMASK)
    if not SHORTEST_REASON <= len(reason.strip()) <= LONGEST_REASON:
        raise Invalid("unmasking_reason_missing")
    private = {"reason": reason.strip()}
    append(action=f"{what}.unmasked", actor=grant.actor, subject=subject, facts=facts, private=private)


@transaction.atomic
def event_of(grant: Grant, claim: int, version: int) -> tuple[SettlementEvent, dict[str, Any]]:
    """Raises NotFound `settlement_not_found`."""
    grant.require(Permission.SEE_CLAIMS)
    found = SettlementEvent.objects.filter(settlement_id=claim, version=version).first()
    if found is None:
        raise NotFound("settlement_not_found")
    append(action="settlement.shown", actor=grant.actor, facts={"claim": claim, "version": version})
    words = before(found)
    return found, {
        "header": _counted(words.get("header", {})),
        "lines": [_counted(row) for row in words.get("lines", [])],
    }


def _counted(row: dict[str, str]) -> dict[str, Any]:
    return {key: int(value) if key.endswith("_fen") else value for key, value in row.items()}
