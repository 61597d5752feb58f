"""What needs a second person here: letting a data set leave, leading a pseudonym back."""

from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yidang.access.releases.leading_back import check_pseudonym, lead_back
from yidang.access.releases.models import Release
from yidang.access.releases.operations import allow, holds
from yidang.identity.policy import Permission
from yidang.kernel.errors import Conflict, NotFound
from yidang.workflow.approvals import Kind, Line, Plan, register
from yidang.workflow.models import Approval

RELEASE, LEAD_BACK = "data_release", "pseudonym_led_back"


def register_all() -> None:
    register(
        Kind(
            code=RELEASE,
            title=gettext_lazy("Let a data set leave"),
            ask=Permission.RELEASE_DATA,
            approve=Permission.APPROVE_SECURITY,
            describe=_release_lines,
            execute=lambda plan, approval: allow(release_id=UUID(plan["release"]), allowed_by=_decider(approval)),
        )
    )
    register(
        Kind(
            code=LEAD_BACK,
            title=gettext_lazy("Lead a pseudonym back"),
            ask=Permission.RELEASE_DATA,
            approve=Permission.APPROVE_SECURITY,
            describe=_lead_back_lines,
            execute=_lead_back,
        )
    )


def _release_lines(plan: Plan) -> list[Line]:
    """Raises Conflict: `release_not_asked`, `release_too_risky`."""
    release = _release(plan)
    if release.state not in {Release.State.WEIGHED, Release.State.ASKED}:
        raise Conflict("release_not_asked")
    if not holds(release):
        raise Conflict("release_too_risky", k=release.risk["k"], l=release.risk["l"])
    years = f"{release.plan['series']} {release.plan['first_year']}–{release.plan['last_year']}"
    leaving = [f"{name}: {how}" for name, how in release.plan["treatments"].items() if how != "leave_out"]
    risk = release.risk
    return [
        Line(_("Data set %(number)s") % {"number": f"R{release.number}"}, "", f"{years} · {risk['rows']}"),
        Line(_("Columns that leave"), "", "；".join(leaving)),
        Line(_("Risk"), "", f"k = {risk['k']}, l = {risk['l']}, 1/k = {risk['prosecutor']:.0%}"),
    ]


def _lead_back_lines(plan: Plan) -> list[Line]:
    """Raises Invalid and Conflict as `lead_back` does: nobody is asked to approve what cannot be done."""
    release = _release(plan)
    check_pseudonym(release, plan["pseudonym"], plan["kind"])
    return [Line(_("Pseudonym of data set %(number)s") % {"number": f"R{release.number}"}, plan["pseudonym"], "?")]


def _lead_back(plan: Plan, approval: Approval) -> None:
    lead_back(
        release_id=UUID(plan["release"]),
        pseudonym=plan["pseudonym"],
        kind=plan["kind"],
        asked_by=approval.asker_id,
        allowed_by=_decider(approval),
    )


def _decider(approval: Approval) -> UUID:
    if approval.decided_by_id is None:
        raise Conflict("release_not_asked")
    return approval.decided_by_id


def _release(plan: Plan) -> Release:
    """Raises NotFound: `release_not_found`."""
    found = Release.objects.filter(id=plan["release"]).first()
    if found is None:
        raise NotFound("release_not_found")
    return found
