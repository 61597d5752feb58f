"""Going over an accession or single items: gathered, checked in the order of the natures, written down, reported."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from uuid import UUID

from django.db import transaction

from yidang.checks import gathering, ports, schemes
from yidang.checks.catalogue import Row, Stage, rows
from yidang.checks.models import Failure, Outcome, Result, Run
from yidang.checks.records import Flaw
from yidang.checks.registry import record_check, whole_check
from yidang.checks.reports import digest_of, packed, report_of, seal_report
from yidang.checks.whole import Told, Whole, not_run
from yidang.identity.policy import Grant, Permission
from yidang.kernel.clock import now
from yidang.kernel.errors import Invalid
from yidang.ledger.operations import append

EXAMPLES = 20  # of each failing check this many records are named in the evidence


@dataclass(frozen=True, slots=True)
class Checked:
    """One check done, before it is written down."""

    row: Row
    mode: str
    is_mandatory: bool
    told: Told

    @property
    def outcome(self) -> str:
        if self.told.not_run:
            return Outcome.NOT_RUN
        return Outcome.FAILED if self.told.flaws else Outcome.PASSED


def check_accession(grant: Grant, accession: UUID, *, stage: Stage = "filing") -> Run:
    """Raises Invalid: `check_nothing_there`."""
    return _run(grant, gathering.items_of(accession), stage=stage, accession=accession)


def check_item(grant: Grant, item: UUID, *, stage: Stage = "keeping") -> Run:
    """One record by itself. Raises Invalid: `check_nothing_there`."""
    return _run(grant, [item], stage=stage, accession=None, item=item)


def check_items(grant: Grant, items: Sequence[UUID], *, stage: Stage = "transfer") -> Run:
    """Raises Invalid: `check_nothing_there`."""
    return _run(grant, items, stage=stage, accession=None)


def _run(grant: Grant, items: Sequence[UUID], *, stage: Stage, accession: UUID | None, item: UUID | None = None) -> Run:
    grant.require(Permission.RUN_CHECKS)
    began = now()
    whole = gather(items, stage=stage, accession=accession, seed=f"{accession or 'items'}-{began:%Y%m%d%H%M%S}")
    if not whole.records:
        raise Invalid("check_nothing_there")
    scheme = schemes.in_force(whole.records[0].fonds)
    done = list(check(whole, scheme.rows_at(stage)))
    return _write(grant, whole, done, Run(accession=accession, item=item, scheme=scheme.name, began_at=began))


def gather(items: Sequence[UUID], *, stage: Stage, accession: UUID | None, seed: str) -> Whole:
    return Whole(
        stage=stage,
        records=list(gathering.records_of(items)),
        registered=ports.registered(accession) if accession else None,
        seed=seed,
        duplicated=gathering.duplicated(items),
    )


def check(whole: Whole, wanted: Mapping[str, bool]) -> Iterator[Checked]:
    """`wanted`: code → is it mandatory."""
    for code, row in rows().items():
        if code in wanted and (mode := row.mode(whole.stage)):
            yield Checked(row, mode, wanted[code], _told(row, mode, whole))


def _told(row: Row, mode: str, whole: Whole) -> Told:
    """A mixed check that ran says what the machine saw; what a person adds is attested beside it."""
    if not row.is_worded:
        return not_run("check_wording_unknown")
    if mode == "manual":
        return not_run("check_wants_a_person")
    if of_whole := whole_check(row.code):
        return of_whole(whole)
    of_record = record_check(row.code)
    if of_record is None:
        return not_run("check_wants_a_person")
    flaws = [flaw for record in whole.records for flaw in of_record(record)]
    return Told(looked_at=len(whole.records), flaws=flaws)


@transaction.atomic
def _write(grant: Grant, whole: Whole, done: Sequence[Checked], run: Run) -> Run:
    run.stage, run.actor, run.ended_at = whole.stage, grant.actor, now()
    run.items, run.sealed_report, run.report_digest = len(whole.records), b"", b""
    run.save()
    results = [_result(run, ordinal, one) for ordinal, one in enumerate(done, start=1)]
    Result.objects.bulk_create(results)
    _note_failures(run, whole, done)
    seal_report(run, report := report_of(run, results))
    run.save(update_fields=["sealed_report", "report_digest"])
    counts = Counter(one.outcome for one in done)
    facts = {"number": run.name, "stage": run.stage, "scheme": run.scheme, "items": run.items, **counts}
    facts |= {"run": str(run.id), "item": str(run.item or ""), "report": packed(report, results)}
    append(
        action="checks.run",
        actor=grant.actor,
        subject=run.accession or run.item or run.id,
        facts=facts | {"report_sm3": digest_of(report).hex()},
    )
    return run


def _result(run: Run, ordinal: int, one: Checked) -> Result:
    return Result(
        run=run,
        ordinal=ordinal,
        code=one.row.code,
        mode=one.mode,
        is_mandatory=one.is_mandatory,
        outcome=one.outcome,
        why=one.told.not_run,
        looked_at=one.told.looked_at,
        flaws=len(one.told.flaws),
        evidence={**one.told.evidence, "flaws": [_named(flaw) for flaw in islice(one.told.flaws, EXAMPLES)]},
    )


def _named(flaw: Flaw) -> dict[str, object]:
    return {"item": str(flaw.item or ""), "name": flaw.name, "why": flaw.why, "facts": dict(flaw.facts)}


def _note_failures(run: Run, whole: Whole, done: Iterable[Checked]) -> None:
    """What an item failed before is forgotten: it has been looked at anew."""
    failed: dict[UUID, set[str]] = defaultdict(set)
    for one in done:
        for flaw in one.told.flaws if one.is_mandatory else ():
            if flaw.item:
                failed[flaw.item].add(one.row.code)
    looked_at = [one.row.code for one in done if not one.told.not_run]
    Failure.objects.filter(item__in=[record.id for record in whole.records], code__in=looked_at).delete()
    Failure.objects.bulk_create(
        Failure(item=item, code=code, run=run) for item, some in failed.items() for code in some
    )
