"""How a rule stands: what it found, how often persons agreed, how it drifts; back to review when they seldom do."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import fmean

from django.db import transaction
from django.db.models import Count, Sum

from yidang.crypto.fields import open_json, seal_json
from yidang.identity.policy import Grant, Permission, system_grant
from yidang.kernel.clock import now
from yidang.kernel.errors import Conflict, Invalid, NotFound
from yidang.ledger.operations import append
from yidang.oversight.desk import counting
from yidang.oversight.desk.counting import Counted
from yidang.oversight.desk.models import Finding, RuleReview
from yidang.oversight.rules.loading import book
from yidang.oversight.rules.rule import Rule, Status
from yidang.workflow.operations import close_tasks, open_task

LEAST_SHARE = 0.3  # confirmed of what was judged
ENOUGH = 20  # below this many judged findings a share says nothing
TASK = "review_rule"
LONGEST = 2000
_DRIFT_OVER = 6  # months before the last
_TABLE = "oversight_rule_review"


@dataclass(frozen=True, slots=True)
class Month:
    name: str
    hits: int
    fen: int


@dataclass(frozen=True, slots=True)
class Standing:
    """`drift`: hits of the last month of settlement against the mean of the six before; none where there are no six."""

    rule: Rule
    review: RuleReview | None
    found: Counted
    months: Sequence[Month]
    drift: float | None

    @property
    def status(self) -> str:
        return RuleReview.State.REVIEW if self.review else self.rule.status


def rule_named(code: str) -> Rule:
    """Raises NotFound `rule_not_in_book`."""
    found = next((rule for rule in book() if rule.id == code), None)
    if found is None:
        raise NotFound("rule_not_in_book", rule=code)
    return found


def standings(grant: Grant) -> list[Standing]:
    """Of every rule of the book, in its order; without months."""
    grant.require(Permission.SEE_OVERSIGHT)
    found, reviews = counting.by_rule(), under_review()
    return [_standing(rule, found.get(rule.id, Counted(rule.id)), reviews.get(rule.id), ()) for rule in book()]


def standing_of(grant: Grant, rule: Rule) -> Standing:
    grant.require(Permission.SEE_OVERSIGHT)
    return _standing(rule, counting.of_rule(rule.id), under_review().get(rule.id), _months(rule))


def _standing(rule: Rule, found: Counted, review: RuleReview | None, months: Sequence[Month]) -> Standing:
    return Standing(rule=rule, review=review, found=found, months=months, drift=drift([one.hits for one in months]))


def _months(rule: Rule) -> list[Month]:
    rows = Finding.objects.filter(rule=rule.id).exclude(month="").values_list("month")
    return [Month(*row) for row in rows.annotate(hits=Count("pk"), fen=Sum("counted_fen")).order_by("month")]


def drift(hits: Sequence[int]) -> float | None:
    before = hits[-_DRIFT_OVER - 1 : -1]
    return hits[-1] / fmean(before) if len(before) == _DRIFT_OVER else None


def under_review() -> dict[str, RuleReview]:
    """Rule → why it went back: where the last word on the version in the book is that it did."""
    versions = {rule.id: rule.version for rule in book()}
    last = RuleReview.objects.order_by("rule", "-number").distinct("rule")
    return {
        one.rule: one for one in last if one.state == RuleReview.State.REVIEW and versions.get(one.rule) == one.version
    }


def send_back_poor(rules: Iterable[Rule]) -> list[RuleReview]:
    """Before a run: active rules of which persons confirm too little since somebody last looked. A task for each."""
    waiting = under_review()
    return [
        sent
        for rule in rules
        if rule.status is Status.ACTIVE and rule.id not in waiting and (sent := _send_back_if_poor(rule))
    ]


@transaction.atomic
def _send_back_if_poor(rule: Rule) -> RuleReview | None:
    said = counting.of_rule(rule.id, decided_after=_looked_at(rule))
    if said.judged < ENOUGH or said.yes / said.judged >= LEAST_SHARE:
        return None
    made = _entered(rule, RuleReview.State.REVIEW, "system:oversight", judged=said.judged, confirmed=said.yes)
    open_task(
        grant=system_grant("oversight"),
        kind=TASK,
        subject=made.id,
        subject_url=f"/oversight/rules/{rule.id}/",
        permission=Permission.TUNE_RULES,
        number=rule.id,
    )
    return made


def _looked_at(rule: Rule) -> datetime:
    """Verdicts from before a person let the rule go on say nothing of it now."""
    last = RuleReview.objects.filter(rule=rule.id, state=RuleReview.State.RESTORED).order_by("-number").first()
    return last.at if last else datetime.min.replace(tzinfo=now().tzinfo)


@transaction.atomic
def restore(*, grant: Grant, code: str, reason: str) -> RuleReview:
    """A person has looked at the rule and lets it go on.

    Raises:
        NotFound: `rule_not_in_book`. Conflict: `rule_not_under_review`. Invalid: `rule_reason_missing`.
    """
    grant.require(Permission.TUNE_RULES)
    rule = rule_named(code)
    review = under_review().get(rule.id)
    if review is None:
        raise Conflict("rule_not_under_review", rule=rule.id)
    if not reason.strip():
        raise Invalid("rule_reason_missing")
    close_tasks(kind=TASK, subject=review.id, actor=grant.actor)
    return _entered(rule, RuleReview.State.RESTORED, grant.actor, reason=reason.strip()[:LONGEST])


def _entered(
    rule: Rule, state: str, actor: str, *, judged: int = 0, confirmed: int = 0, reason: str = ""
) -> RuleReview:
    made = RuleReview(
        rule=rule.id, version=rule.version, state=state, judged=judged, confirmed=confirmed, actor=actor, at=now()
    )
    if reason:
        made.sealed_reason = seal_json(reason, table=_TABLE, row=str(made.id), field="reason")
    made.save()
    facts = {"rule": rule.id, "version": rule.version, "judged": judged, "confirmed": confirmed}
    private = {"words": reason} if reason else None
    append(action=f"rule.{state}", actor=actor, subject=made.id, facts=facts, private=private)
    return made


def reviews_of(rule: Rule) -> list[tuple[RuleReview, str]]:
    """Each with the words given for it, newest first."""
    return [(one, _words(one)) for one in RuleReview.objects.filter(rule=rule.id).order_by("-number")]


def _words(review: RuleReview) -> str:
    if review.sealed_reason is None:
        return ""
    return str(open_json(bytes(review.sealed_reason), table=_TABLE, row=str(review.id), field="reason"))
