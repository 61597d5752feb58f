"""One doubt on one page: the claim with its lines, peers, the law, pages of the archive, the person's way, its like."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Q, QuerySet, Sum

from yidang.claims.models import Evidence as Linked
from yidang.claims.models import Line, Settlement
from yidang.claims.naming import names_of_items
from yidang.holdings.models import Item
from yidang.holdings.visibility import visible_items
from yidang.identity.given import Moment, records
from yidang.identity.models import Staff
from yidang.identity.policy import Grant, Permission, grant_for
from yidang.identity.reach import acting
from yidang.kernel.clock import CHINA, now, today
from yidang.kernel.errors import NotFound
from yidang.ledger.operations import append
from yidang.oversight.desk.citing import Citation, citation_of
from yidang.oversight.desk.evidence import Evidence, EvidenceLine, evidence_of
from yidang.oversight.desk.models import Finding, FindingState, Reading, Verdict
from yidang.oversight.desk.naming import called
from yidang.oversight.institutions import name_of, names_of

# How long the pages behind a doubt stay open to who reads it.
READING_TIME = timedelta(hours=1)
PURPOSE = "inspection"
_MOST_LINES, _MOST_VISITS, _MOST_LIKE = 400, 40, 5
_DECIDED = (FindingState.CONFIRMED, FindingState.REFUSED, FindingState.UPHELD, FindingState.CLEARED)


@dataclass(frozen=True, slots=True)
class ShownLine:
    """One line of the claim; `name` where the item is known, `doubt_fen` the money in doubt on a line that is lit."""

    line: int
    served_on: str
    item: str
    name: str
    quantity: float
    amount_fen: int
    doubt_fen: int | None
    counted_fen: int = 0

    @property
    def is_lit(self) -> bool:
        return self.doubt_fen is not None


@dataclass(frozen=True, slots=True)
class Visit:
    """A settlement of the same person; `institution` its name where told, `doubts` how many stand on it."""

    claim: int
    on: date | None
    provider: str
    institution: str
    kind: str
    total_fen: int | None
    doubts: int
    is_this: bool


@dataclass(frozen=True, slots=True)
class Peers:
    """Doubts of this rule here, and at the institutions that have any."""

    here: int
    here_fen: int
    others: int
    median: float


@dataclass(frozen=True, slots=True)
class Page:
    """A record of the archive that shows what the claim says; `page` where it is one page of it."""

    item: Item
    page: int | None


@dataclass(frozen=True, slots=True)
class Account:
    """`called`: codes that the doubt speaks of, with their names."""

    finding: Finding
    evidence: Evidence
    rule: Citation
    claim: Settlement | None
    institution: str
    lines: Sequence[ShownLine]
    peers: Peers
    pages: Sequence[Page]
    visits: Sequence[Visit]
    alike: Sequence[Finding]
    verdicts: Sequence[Verdict]
    called: Sequence[tuple[str, str]]


@transaction.atomic
def open_finding(grant: Grant, finding_id: UUID) -> Account:
    """Writes down that it was shown and, for an inspector, when. Raises NotFound `settlement_doubt_not_found`."""
    grant.require(Permission.SEE_OVERSIGHT)
    finding = Finding.objects.select_related("case", "decided_by", "run").filter(id=finding_id).first()
    if finding is None:
        raise NotFound("settlement_doubt_not_found")
    append(action="doubt.shown", actor=grant.actor, subject=finding.id, facts={"number": finding.name})
    if grant.allows(Permission.REVIEW_FINDINGS):
        _note_reading(grant, finding)
    return _account(grant, finding)


def _note_reading(grant: Grant, finding: Finding) -> None:
    """Read again without another in between, it is still the same reading."""
    known = Reading.objects.select_for_update().filter(staff=grant.person).first()
    if known is None or known.finding_id != finding.pk or now() - known.since > READING_TIME:
        Reading.objects.update_or_create(staff_id=grant.person, defaults={"finding": finding, "since": now()})


def _account(grant: Grant, finding: Finding) -> Account:
    evidence = evidence_of(finding)
    claim = Settlement.objects.filter(pk=finding.claim).first() if finding.claim else None
    on = claim.settled_at.astimezone(CHINA).date() if claim else today()
    return Account(
        finding=finding,
        evidence=evidence,
        rule=citation_of(finding.rule),
        claim=claim,
        institution=name_of(finding.provider),
        lines=_lines(finding, evidence),
        peers=_peers(finding),
        pages=pages_of(grant, [finding.claim] if finding.claim else []),
        visits=_visits(finding),
        alike=_alike(finding),
        verdicts=list(finding.verdicts.select_related("by").filter(undone_at__isnull=True)),
        called=called(evidence.facts, on),
    )


def _lines(finding: Finding, evidence: Evidence) -> list[ShownLine]:
    """All of the claim where it stands here, else those the rule named; what is lit first in neither case."""
    counted = dict(finding.lines.values_list("line", "counted_fen"))
    lit = {one.line: one for one in evidence.lines}
    rows = Line.objects.filter(settlement=finding.claim).order_by("served_at", "line")[:_MOST_LINES]
    own = list(rows) if finding.claim else []
    known = {one.line for one in own}
    others = [one for one in evidence.lines if one.line not in known]
    names = names_of_items({row.item for row in own} | {one.item for one in others})
    shown = [_of_claim(row, lit.get(row.line), counted, names) for row in own]
    return [*shown, *(_of_evidence(one, counted, names) for one in others)]


def _of_claim(row: Line, lit: EvidenceLine | None, counted: dict[int, int], names: dict[str, str]) -> ShownLine:
    return ShownLine(
        line=row.line,
        served_on=row.served_at.astimezone(CHINA).date().isoformat(),
        item=row.item,
        name=names.get(row.item, ""),
        quantity=row.quantity,
        amount_fen=row.amount_fen,
        doubt_fen=lit.amount_fen if lit else None,
        counted_fen=counted.get(row.line, 0),
    )


def _of_evidence(one: EvidenceLine, counted: dict[int, int], names: dict[str, str]) -> ShownLine:
    return ShownLine(
        line=one.line,
        served_on=one.served_at[:10],
        item=one.item,
        name=names.get(one.item, ""),
        quantity=one.quantity,
        amount_fen=one.amount_fen,
        doubt_fen=one.amount_fen,
        counted_fen=counted.get(one.line, 0),
    )


def _peers(finding: Finding) -> Peers:
    rows = Finding.objects.filter(rule=finding.rule).exclude(provider="").values("provider")
    counts = {row["provider"]: row for row in rows.annotate(n=Count("pk"), fen=Sum("counted_fen"))}
    here = counts.pop(finding.provider, {"n": 0, "fen": 0})
    others = [row["n"] for row in counts.values()]
    return Peers(here["n"], here["fen"] or 0, len(others), float(median(others)) if others else 0.0)


def pages_of(grant: Grant, claims: Iterable[int]) -> list[Page]:
    """Records linked to these claims that the reader may see, with what reading the doubt gives."""
    links = list(Linked.objects.filter(settlement__in=list(claims)).order_by("item", "page"))
    if not links or grant.staff_id is None:
        return []
    reader = grant_for(Staff.objects.get(pk=grant.staff_id))
    with acting(reader):
        known = visible_items(reader).in_bulk([one.item for one in links])
    return [Page(known[one.item], one.page) for one in links if one.item in known]


def _visits(finding: Finding) -> list[Visit]:
    if finding.person is None:
        return []
    doubts: dict[int, int] = dict(
        Finding.objects.filter(person=finding.person, claim__isnull=False).values_list("claim").annotate(n=Count("pk"))
    )
    concerned = Q(person_id__in=[finding.person]) | Q(pk__in=list(doubts))  # a correction may have named another person
    rows = Settlement.objects.filter(concerned).order_by("-settled_at")[:_MOST_VISITS]
    names = names_of({row.provider_id for row in rows})
    known = [_visit(row, names.get(row.provider_id, ""), doubts, finding) for row in rows]
    missing = sorted(doubts.keys() - {one.claim for one in known})[:_MOST_VISITS]
    return known + [Visit(claim, None, "", "", "", None, doubts[claim], claim == finding.claim) for claim in missing]


def _visit(row: Settlement, institution: str, doubts: dict[int, int], finding: Finding) -> Visit:
    return Visit(
        claim=row.claim,
        on=row.settled_at.astimezone(CHINA).date(),
        provider=row.provider_id,
        institution=institution,
        kind=row.visit,
        total_fen=row.total_fen,
        doubts=doubts.get(row.claim, 0),
        is_this=row.claim == finding.claim,
    )


def _alike(finding: Finding) -> list[Finding]:
    """Of the same rule and decided, at the same institution first."""
    decided = Finding.objects.filter(rule=finding.rule, state__in=_DECIDED).exclude(pk=finding.pk)
    rows = decided.select_related("case")  # of which it stands whether the doubt fell
    near = list(rows.filter(provider=finding.provider).order_by("-decided_at")[:_MOST_LIKE])
    far = rows.exclude(provider=finding.provider).order_by("-decided_at")[: _MOST_LIKE - len(near)]
    return [*near, *far]


def given_to(staff_id: UUID, moment: Moment) -> QuerySet[Any, Any]:
    """The records behind the doubt that an inspector reads at this moment."""
    reading = Reading.objects.filter(staff=staff_id, since__gt=moment.now - READING_TIME)
    return records(Linked.objects.filter(settlement__in=reading.values("finding__claim")), purpose=PURPOSE)
