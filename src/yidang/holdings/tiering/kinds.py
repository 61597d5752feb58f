"""The head's approval of a tier policy."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yidang.holdings.tiering.operations import adopt, policy
from yidang.identity.policy import Permission
from yidang.kernel.errors import Conflict, Invalid
from yidang.preservation.tiers.rules import ANY, Rule, checked
from yidang.workflow.approvals import Kind, Line, Plan, register
from yidang.workflow.models import Approval

POLICY = "tier_policy_approved"


def register_all() -> None:
    register(
        Kind(
            code=POLICY,
            title=gettext_lazy("Approve a policy of storage tiers"),
            ask=Permission.KEEP_INSTRUMENT,
            approve=Permission.APPROVE_INSTRUMENT,
            describe=_lines,
            execute=_adopt,
        )
    )


def _day(plan: Plan) -> date:
    try:
        return date.fromisoformat(plan["effective_from"])
    except ValueError:
        raise Invalid("tier_rule_wrong") from None


def _lines(plan: Plan) -> list[Line]:
    """Raises Invalid: `tier_rule_wrong`."""
    found = policy()
    former = {rule.series: _said(rule) for rule in checked(found.rows)} if found else {}
    fresh = {rule.series: _said(rule) for rule in checked(plan["rows"])}
    head = Line(_("In force from"), "", _day(plan).isoformat())
    names = [*fresh, *(one for one in former if one not in fresh)]
    return [head, *(Line(_name(one), former.get(one, ""), fresh.get(one, "")) for one in names)]


def _name(series: str) -> str:
    return _("Every class") if series == ANY else series


def _said(rule: Rule) -> str:
    return _("%(years)s years old, unused for %(days)s days") % {
        "years": rule.min_age_years,
        "days": rule.min_idle_days,
    }


def _adopt(plan: Plan, approval: Approval) -> None:
    if approval.decided_by_id is None:
        raise Conflict("approval_decided", number=approval.number)
    adopt(
        rows=plan["rows"],
        effective_from=_day(plan),
        asked_by=approval.asker_id,
        approved_by=approval.decided_by_id,
    )
