"""A person answers for a check that no machine ran: by name, with a reason, never by default."""

from uuid import UUID

from django.db import transaction

from yidang.checks.models import Outcome, Result
from yidang.checks.queries import find_result
from yidang.crypto.fields import open_field, seal_field
from yidang.identity.policy import Grant, Permission
from yidang.kernel.clock import now
from yidang.kernel.errors import Conflict, Invalid
from yidang.ledger.operations import append

LONGEST = 400
_TABLE = "checks_result"


@transaction.atomic
def attest(grant: Grant, *, result_id: UUID, verdict: str, reason: str) -> Result:
    """Raises Conflict: `check_was_run`, `check_is_attested`. Invalid: `check_reason_missing`, `check_verdict_wrong`.

    What a machine failed stays failed until it is cured and checked anew; a mixed check that the machine passed may
    still be answered for.
    """
    grant.require(Permission.RUN_CHECKS)
    found = find_result(result_id)
    if found.outcome == Outcome.FAILED or (found.outcome == Outcome.PASSED and found.mode != "mixed"):
        raise Conflict("check_was_run", check=found.code)
    if found.attested:
        raise Conflict("check_is_attested", check=found.code)
    if verdict not in {"passed", "failed"}:
        raise Invalid("check_verdict_wrong")
    said = reason.strip()
    if not said or len(said) > LONGEST:
        raise Invalid("check_reason_missing")
    return _keep(grant, found, verdict, said)


def _keep(grant: Grant, found: Result, verdict: str, reason: str) -> Result:
    found.attested, found.attested_by_id, found.attested_at = verdict, grant.person, now()
    found.sealed_reason = seal_field(reason.encode(), table=_TABLE, row=str(found.id), field="reason")
    found.save()
    facts = {"number": found.run.name, "check": found.code, "verdict": verdict}
    append(
        action="checks.attested",
        actor=grant.actor,
        subject=found.run.accession or found.run.id,
        facts=facts,
        private={"reason": reason},
    )
    return found


def reason_of(result: Result) -> str:
    if result.sealed_reason is None:
        return ""
    return open_field(bytes(result.sealed_reason), table=_TABLE, row=str(result.id), field="reason").decode()
