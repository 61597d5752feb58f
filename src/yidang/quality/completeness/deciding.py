"""The board of doubts, and a person's word on each."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import Count, QuerySet

from yidang.crypto.fields import open_json, seal_json
from yidang.holdings.models import Item
from yidang.holdings.visibility import visible_items
from yidang.identity.policy import Grant, Permission
from yidang.kernel import clock
from yidang.kernel.errors import Conflict, Invalid, NotFound
from yidang.kernel.masking import mask_id_number, mask_name
from yidang.ledger.operations import append
from yidang.quality import rectification
from yidang.quality.completeness.looking import TABLE
from yidang.quality.models import Finding, FindingState

LONGEST = 400
_LIKE_A_NAME = 6  # characters; an ID number is longer


@dataclass(frozen=True)
class Shown:
    """A doubt as a person sees it: evidence covered, the other record only where it may be known."""

    finding: Finding
    other: Item | None = None
    evidence: tuple[str, ...] = ()
    reason: str = ""

    @property
    def other_page(self) -> object:
        return self.finding.facts.get("other_page")


def findings(grant: Grant, *, kind: str = "", state: str = FindingState.OPEN) -> QuerySet[Finding]:
    """Of records within reach, the newest first."""
    grant.require(Permission.SEE_QUALITY)
    found = Finding.objects.filter(item__in=visible_items(grant)).select_related("item__series", "decided_by")
    found = found.filter(kind=kind) if kind else found
    return (found.filter(state=state) if state else found).order_by("-number")


def counts(grant: Grant) -> Mapping[str, int]:
    """Open ones by kind."""
    rows = findings(grant).order_by().values_list("kind").annotate(count=Count("pk"))
    return dict(rows)


def findings_of(grant: Grant, item: Item) -> list[Shown]:
    """For the record's own page: what stands, and what was decided."""
    grant.require(Permission.SEE_QUALITY)
    rows = Finding.objects.filter(item=item).exclude(state=FindingState.CURED).select_related("item", "decided_by")
    return [shown(grant, one) for one in rows.order_by("-number")]


def shown(grant: Grant, finding: Finding) -> Shown:
    other = finding.facts.get("other")
    known = visible_items(grant).filter(pk=other).first() if other else None
    return Shown(finding, other=known, reason=reason_of(finding))


@transaction.atomic
def open_finding(grant: Grant, finding_id: UUID) -> Shown:
    """With its evidence, names and numbers covered as elsewhere. Raises NotFound: `record_doubt_not_found`."""
    finding = _find(grant, finding_id)
    facts = {"kind": finding.kind, "page": finding.page}
    append(action="finding.shown", actor=grant.actor, subject=finding.item_id, facts=facts)
    plain = shown(grant, finding)
    return Shown(finding, plain.other, tuple(map(_covered, _evidence(finding))), plain.reason)


def _find(grant: Grant, finding_id: UUID) -> Finding:
    found = findings(grant, state="").filter(id=finding_id).first()
    if found is None:
        raise NotFound("record_doubt_not_found")
    return found


def _evidence(finding: Finding) -> list[str]:
    if finding.sealed_evidence is None:
        return []
    return list(open_json(bytes(finding.sealed_evidence), table=TABLE, row=str(finding.id), field="evidence"))


def _covered(word: str) -> str:
    return mask_name(word) if len(word) <= _LIKE_A_NAME else mask_id_number(word)


def reason_of(finding: Finding) -> str:
    if finding.sealed_reason is None:
        return ""
    return str(open_json(bytes(finding.sealed_reason), table=TABLE, row=str(finding.id), field="reason"))


@transaction.atomic
def decide(*, grant: Grant, finding_id: UUID, is_confirmed: bool, reason: str, opens_case: bool = False) -> Finding:
    """What is confirmed may open a case at once.

    Raises:
        Invalid: `finding_reason_missing`. Conflict: `finding_decided`. NotFound: `record_doubt_not_found`.
    """
    grant.require(Permission.DECIDE_FINDINGS)
    _find(grant, finding_id)
    finding = Finding.objects.select_for_update(of=("self",)).get(id=finding_id)
    if finding.state in {FindingState.CONFIRMED, FindingState.DISMISSED}:
        raise Conflict("finding_decided")
    if not reason.strip():
        raise Invalid("finding_reason_missing")
    words = reason.strip()[:LONGEST]
    finding.state = FindingState.CONFIRMED if is_confirmed else FindingState.DISMISSED
    finding.decided_by_id, finding.decided_at = grant.person, clock.now()
    finding.sealed_reason = seal_json(words, table=TABLE, row=str(finding.id), field="reason")
    finding.save()
    facts = {"kind": finding.kind, "page": finding.page, "outcome": str(finding.state)}
    append(action="finding.decided", actor=grant.actor, subject=finding.item_id, facts=facts, private={"reason": words})
    if is_confirmed and opens_case:
        _open_case(grant, finding)
    return finding


def _open_case(grant: Grant, finding: Finding) -> None:
    item = finding.item
    rectification.open_case(
        grant=grant,
        kind="finding",
        subject=f"{item.reference_code or item.working_number} · {finding.kind} {finding.page or ''}".strip(),
        owner=rectification.owner_for(item.series.department_id),
        deadline=rectification.usual_deadline(),
        facts={"doubt": finding.kind, "page": finding.page},
        url=f"/quality/findings/{finding.id}/",
    )
