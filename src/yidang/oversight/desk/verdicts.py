"""An inspector's word on a doubt, and taking it back while nothing has followed from it."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from yidang.crypto.fields import open_json, seal_json
from yidang.identity.policy import Grant, Permission
from yidang.kernel.clock import now
from yidang.kernel.errors import Conflict, Invalid, NotFound
from yidang.ledger.operations import append
from yidang.oversight.desk.models import Finding, FindingState, Reading, Verdict
from yidang.oversight.desk.queue import WAITING
from yidang.oversight.findings import count_money
from yidang.oversight.tables import reasons

UNDO = timedelta(minutes=10)
LONGEST = 2000
# A page left open over lunch measures lunch.
_LONGEST_READING = timedelta(hours=1)
_BECOMES = {
    Verdict.Answer.CONFIRM: FindingState.CONFIRMED,
    Verdict.Answer.REFUSE: FindingState.REFUSED,
    Verdict.Answer.PAPERS: FindingState.NEEDS_PAPERS,
}


@transaction.atomic
def give_verdict(*, grant: Grant, finding_id: UUID, answer: str, reason: str, words: str = "") -> Verdict:
    """Raises Invalid `verdict_unknown`, `verdict_reason_wrong`; NotFound `settlement_doubt_not_found`.

    Conflict `settlement_doubt_decided`.
    """
    grant.require(Permission.REVIEW_FINDINGS)
    _check(answer, reason)
    finding = _locked(finding_id)
    if finding.state not in WAITING:
        raise Conflict("settlement_doubt_decided", number=finding.name)
    verdict = _write(grant, finding, answer, reason, words)
    _settle(finding, _BECOMES[Verdict.Answer(answer)], verdict)
    facts = {"number": finding.name, "answer": answer, "reason": reason}
    private = {"words": words.strip()} if words.strip() else None
    append(action="doubt.judged", actor=grant.actor, subject=finding.id, facts=facts, private=private)
    return verdict


def _check(answer: str, reason: str) -> None:
    if answer not in Verdict.Answer.values:
        raise Invalid("verdict_unknown")
    if reason not in reasons() or reasons()[reason].answer != answer:
        raise Invalid("verdict_reason_wrong")


def _locked(finding_id: UUID) -> Finding:
    found = Finding.objects.select_for_update().filter(id=finding_id).first()
    if found is None:
        raise NotFound("settlement_doubt_not_found")
    return found


def _write(grant: Grant, finding: Finding, answer: str, reason: str, words: str) -> Verdict:
    at = now()
    made = Verdict(
        finding=finding,
        answer=answer,
        reason=reason,
        by_id=grant.person,
        at=at,
        seconds=_seconds(grant, finding, at),
        state_before=finding.state,
    )
    if words.strip():
        made.sealed_words = seal_json(
            words.strip()[:LONGEST], table="oversight_verdict", row=str(made.id), field="words"
        )
    made.save()
    return made


def _seconds(grant: Grant, finding: Finding, at: datetime) -> int | None:
    reading = Reading.objects.filter(staff=grant.staff_id, finding=finding).first()
    if reading is None or at - reading.since > _LONGEST_READING:
        return None
    return int((at - reading.since).total_seconds())


def _settle(finding: Finding, state: str, verdict: Verdict | None) -> None:
    finding.state = state
    is_decided = state in {FindingState.CONFIRMED, FindingState.REFUSED}
    finding.decided_by_id = verdict.by_id if verdict and is_decided else None
    finding.decided_at = verdict.at if verdict and is_decided else None
    finding.save(update_fields=["state", "decided_by", "decided_at"])
    count_money(finding.lines.values_list("line", flat=True))


@transaction.atomic
def take_back(*, grant: Grant, verdict_id: UUID) -> Finding:
    """By who gave it, within the time, before a case holds it.

    Raises NotFound `verdict_not_found`; Conflict `verdict_stands`, `doubt_in_case`.
    """
    grant.require(Permission.REVIEW_FINDINGS)
    verdict = Verdict.objects.select_for_update().filter(pk=verdict_id, by=grant.person).first()
    if verdict is None:
        raise NotFound("verdict_not_found")
    finding = Finding.objects.select_for_update().get(pk=verdict.finding_id)
    if not may_take_back(verdict, finding):
        raise Conflict("verdict_stands", minutes=int(UNDO.total_seconds() // 60))
    verdict.undone_at = now()
    verdict.save(update_fields=["undone_at"])
    _settle(finding, verdict.state_before, None)
    append(action="doubt.reopened", actor=grant.actor, subject=finding.id, facts={"number": finding.name})
    return finding


def may_take_back(verdict: Verdict, finding: Finding) -> bool:
    """The last word on it, just said, and nothing built on it."""
    last = Verdict.objects.filter(finding=finding, undone_at__isnull=True).order_by("-at").first()
    return last == verdict and finding.case_id is None and now() - verdict.at <= UNDO


def words_of(verdict: Verdict) -> str:
    if verdict.sealed_words is None:
        return ""
    return str(open_json(bytes(verdict.sealed_words), table="oversight_verdict", row=str(verdict.id), field="words"))
