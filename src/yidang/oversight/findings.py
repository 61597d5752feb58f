"""How rules and models hand over what they doubt. The same doubt is kept once; money on a line is counted once.

run = start_run(moment="nightly", engine="duckdb", rules=[("GZ...", "1.0.0")])
record_findings(run, rows)          # as often as there are batches
finish_run(run, claims=…, lines=…)
"""

import random
import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, NamedTuple

from django.db import connection, transaction
from django.db.models import F, QuerySet

from yidang.crypto.fields import seal_json
from yidang.kernel.clock import now
from yidang.ledger.operations import append
from yidang.oversight.desk import rules
from yidang.oversight.desk.models import DEAD
from yidang.oversight.models import Finding, FindingLine, FindingState, Moment, Run

RANDOM_SHARE = 0.1
ACTOR = "system:oversight"
_BATCH = 1000
_LOCK = 0x59444F56  # one batch at a time decides whose money a line is
_CHANCE = secrets.SystemRandom()


class FoundLine(NamedTuple):
    """`item`, `served_at` (ISO) and `quantity` are sealed with the evidence."""

    line: int
    amount_fen: int
    item: str = ""
    served_at: str = ""
    quantity: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One doubt. `text` is the explanation in Chinese, `facts` what the rule's page and the peers compare; both sealed.

    `probability` is the rule's or the model's own; none of a model that is not calibrated. `amount_fen`
    without `lines` counts no money in sums. `is_shadow`: of a rule on trial. `month`: YYYY-MM of settlement.
    `entry_chance` below 1: nothing doubts it, a lot among all that were looked at brought it here.
    """

    rule: str
    rule_version: str
    text: str
    lines: Sequence[FoundLine] = ()
    claim: int | None = None
    person: int | None = None
    provider: str = ""
    doctor: str = ""
    month: str = ""
    level: str = Finding.Level.CLAIM
    amount_fen: int | None = None
    probability: float | None = 0.5
    facts: Mapping[str, Any] = field(default_factory=dict)
    is_model: bool = False
    is_shadow: bool = False
    entry_chance: float = 1.0

    @property
    def is_by_lot(self) -> bool:
        return self.entry_chance < 1.0

    @property
    def at_risk(self) -> int:
        return sum(one.amount_fen for one in self.lines) if self.amount_fen is None else self.amount_fen

    @property
    def fingerprint(self) -> bytes:
        subjects = {"claim": self.claim, "person": self.person, "doctor": self.doctor, "provider": self.provider}
        subject = f"{self.level}:{subjects[self.level]}:{'' if self.lines else self.month}"
        return rules.fingerprint(rules.identity_of(self.rule, subject, (one.line for one in self.lines)))


class Recorded(NamedTuple):
    new: int
    known: int


@transaction.atomic
def start_run(
    *, moment: str = Moment.NIGHTLY, engine: str = "duckdb", rules: Sequence[tuple[str, str]] = (), actor: str = ACTOR
) -> Run:
    run = Run.objects.create(moment=moment, engine=engine, rules=[list(one) for one in rules], started_at=now())
    append(action="oversight.run_started", actor=actor, subject=run.id, facts={"run": run.number, "rules": len(rules)})
    return run


@transaction.atomic
def finish_run(run: Run, *, claims: int, lines: int, actor: str = ACTOR) -> Run:
    """`claims` and `lines` that were looked at."""
    run.claims, run.lines, run.finished_at = claims, lines, now()
    run.save(update_fields=["claims", "lines", "finished_at"])
    run.refresh_from_db()
    facts = {"run": run.number, "claims": claims, "lines": lines, "findings": run.findings}
    append(action="oversight.run_finished", actor=actor, subject=run.id, facts=facts)
    return run


def record_findings(run: Run, rows: Iterable[Found], *, actor: str = ACTOR) -> Recorded:
    """Idempotent: a doubt of the same rule about the same claim and lines is not written again.

    Each batch is one transaction with one row of the ledger.
    """
    new = known = 0
    for batch in _batches(rows):
        made = _record(run, batch, actor)
        new, known = new + made, known + len(batch) - made
    return Recorded(new, known)


def _batches(rows: Iterable[Found]) -> Iterator[list[Found]]:
    waiting = iter(rows)
    while batch := list(islice(waiting, _BATCH)):
        yield batch


@transaction.atomic
def _record(run: Run, batch: Sequence[Found], actor: str) -> int:
    _take_turn()
    fresh = _unknown(batch)
    if not fresh:
        return 0
    weights = [rules.expected_fen(one.at_risk, one.probability) for one in fresh.values()]
    made = [_finding(run, mark, found, weights) for mark, found in fresh.items()]
    Finding.objects.bulk_create(made, batch_size=_BATCH)
    shares = [_share(one, line) for one, found in zip(made, fresh.values(), strict=True) for line in found.lines]
    FindingLine.objects.bulk_create(shares, batch_size=_BATCH, ignore_conflicts=True)
    count_money({share.line for share in shares})
    Run.objects.filter(pk=run.pk).update(findings=F("findings") + len(made))
    append(
        action="oversight.findings_recorded", actor=actor, subject=run.id, facts={"run": run.number, "new": len(made)}
    )
    return len(made)


def _take_turn() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def _unknown(batch: Sequence[Found]) -> dict[bytes, Found]:
    marked = {one.fingerprint: one for one in batch}
    known = Finding.objects.filter(fingerprint__in=list(marked)).values_list("fingerprint", flat=True)
    for mark in known:
        del marked[bytes(mark)]
    return marked


def _finding(run: Run, mark: bytes, found: Found, weights: Sequence[int]) -> Finding:
    is_random = found.is_by_lot or _CHANCE.random() < RANDOM_SHARE
    expected = rules.expected_fen(found.at_risk, found.probability)
    made = Finding(
        fingerprint=mark,
        run=run,
        rule=found.rule,
        rule_version=found.rule_version,
        is_model=found.is_model,
        moment=run.moment,
        level=found.level,
        claim=found.claim,
        person=found.person,
        provider=found.provider,
        doctor=found.doctor,
        month=found.month,
        line_count=len(found.lines),
        amount_fen=found.at_risk,
        probability=None if found.probability is None else min(max(found.probability, 0.0), 1.0),
        expected_fen=expected,
        queue_weight=_drawn(_CHANCE, weights) if is_random else expected,
        random_pick=is_random,
        entry_chance=found.entry_chance,
        lot_chance=1.0 if found.is_by_lot else RANDOM_SHARE,
        state=FindingState.SHADOW if found.is_shadow else FindingState.OPEN,
        found_at=now(),
    )
    made.sealed_evidence = _sealed(made, found)
    return made


def _drawn(chance: random.Random, weights: Sequence[int]) -> int:
    """A place in the queue by lot: the weight of any finding of the batch."""
    return chance.choice(weights)


def _sealed(made: Finding, found: Found) -> bytes:
    evidence = {"text": found.text, "facts": dict(found.facts), "lines": [list(one) for one in found.lines]}
    return seal_json(evidence, table="oversight_finding", row=str(made.id), field="evidence")


def _share(finding: Finding, line: FoundLine) -> FindingLine:
    return FindingLine(finding=finding, line=line.line, amount_fen=line.amount_fen)


_COUNT = """
WITH shares AS (
    SELECT l.id,
           CASE WHEN f.state = ANY(%(dead)s) THEN 0
                WHEN row_number() OVER (
                    PARTITION BY l.line
                    ORDER BY f.state = ANY(%(dead)s), f.state <> 'upheld', l.amount_fen DESC, l.finding_id
                ) = 1 THEN l.amount_fen ELSE 0 END AS counted
    FROM oversight_findingline l JOIN oversight_finding f ON f.number = l.finding_id
    WHERE l.line = ANY(%(lines)s)
), moved AS (
    UPDATE oversight_findingline l SET counted_fen = s.counted
    FROM shares s WHERE l.id = s.id AND l.counted_fen <> s.counted
    RETURNING l.finding_id
)
SELECT DISTINCT finding_id FROM moved
"""
_SUM = """
UPDATE oversight_finding f SET counted_fen = coalesce(
    (SELECT sum(l.counted_fen) FROM oversight_findingline l WHERE l.finding_id = f.number), 0)
WHERE f.number = ANY(%s)
"""


def turn(found: QuerySet[Finding], former: str, state: str) -> int:
    """From one state to another, with the money: what nobody hears counts none. In the caller's transaction."""
    keys = list(found.filter(state=former).values_list("pk", flat=True))
    Finding.objects.filter(pk__in=keys).update(state=state)
    count_money(FindingLine.objects.filter(finding__in=keys).values_list("line", flat=True))
    return len(keys)


def count_money(lines: Iterable[int]) -> None:
    """Who counts the money on these lines, anew, as `desk.rules.allocate` says it. In the caller's transaction.

    What a decision took back counts for nobody else.
    """
    wanted = list(lines)
    if not wanted:
        return
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, {"dead": [str(one) for one in DEAD], "lines": wanted})
        moved = [row[0] for row in cursor.fetchall()]
        cursor.execute(_SUM, [moved])
