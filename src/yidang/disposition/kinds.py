"""What needs a second person here: a list's approval by the head, a hold's end, a term's confirmation."""

from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yidang.disposition import holding, listing, terms
from yidang.disposition.instrument import keeping
from yidang.disposition.instrument.rules import differences
from yidang.disposition.instrument.words import told
from yidang.disposition.models import DestructionList
from yidang.disposition.states import state_of
from yidang.disposition.transfers import kinds as transfers
from yidang.holdings import doubt
from yidang.identity.models import Staff
from yidang.identity.policy import Permission, grant_for
from yidang.kernel.errors import Conflict
from yidang.ledger.queries import Event
from yidang.workflow.approvals import Kind, Line, Plan, register
from yidang.workflow.models import Approval

DESTRUCTION, LIFT, TERM = "destruction_approved", "hold_lifted", "term_confirmed"
INSTRUMENT, CERTAIN = "instrument_approved", "holds_confirmed"
_MOST_NAMES = 30


def register_all() -> None:
    transfers.register_all()
    register(
        Kind(
            code=DESTRUCTION,
            title=gettext_lazy("Approve a destruction list"),
            ask=Permission.LIST_DESTRUCTION,
            approve=Permission.APPROVE_DESTRUCTION,
            describe=_list_lines,
            execute=_approve_list,
            lock=_lock_list,
            concerns=_people_of_list,
        )
    )
    register(
        Kind(
            code=LIFT,
            title=gettext_lazy("Lift a hold"),
            ask=Permission.HOLD_RECORDS,
            approve=Permission.LIFT_HOLDS,
            describe=_hold_lines,
            execute=_lift,
        )
    )
    register(
        Kind(
            code=CERTAIN,
            title=gettext_lazy("Confirm the holds after a rebuild"),
            ask=Permission.HOLD_RECORDS,
            approve=Permission.LIFT_HOLDS,
            describe=_doubt_lines,
            execute=_settle,
        )
    )
    register(
        Kind(
            code=TERM,
            title=gettext_lazy("Confirm a retention term"),
            ask=Permission.KEEP_INSTRUMENT,
            approve=Permission.CONFIRM_TERMS,
            describe=_term_lines,
            execute=_confirm,
        )
    )
    register(
        Kind(
            code=INSTRUMENT,
            title=gettext_lazy("Approve a version of the instrument"),
            ask=Permission.KEEP_INSTRUMENT,
            approve=Permission.APPROVE_INSTRUMENT,
            describe=_instrument_lines,
            execute=_approve_instrument,
        )
    )


def _lock_list(plan: Plan) -> None:
    listing.locked(UUID(plan["list"]))


def _list_lines(plan: Plan) -> list[Line]:
    """Raises Conflict: `list_step_wrong`."""
    found = DestructionList.objects.filter(id=plan["list"]).first()
    if found is None or state_of(found).step != "approve":
        raise Conflict("list_step_wrong", state=found.state if found else "")
    lines = found.items.select_related("candidate")
    years = [line.candidate.year for line in lines]
    witnesses = "、".join(one.staff.display_name for one in found.witnesses.select_related("staff").order_by("pk"))
    span = f"{min(years)}–{max(years)}"
    return [
        Line(_("Destruction list %(number)s") % {"number": found.name}, f"{len(years)} · {span}", _("Destroyed")),
        Line(_("On record with the department"), "", f"{found.filed_with} · {found.filing_number} · {found.filed_on}"),
        Line(_("Waiting period in days"), "", str(found.wait_days)),
        Line(_("Destruction witnesses"), "", witnesses),
    ]


def _people_of_list(plan: Plan) -> frozenset[UUID]:
    """Who drew it and who will witness it cannot approve it."""
    found = DestructionList.objects.get(id=plan["list"])
    return frozenset({found.drawn_by_id, *found.witnesses.values_list("staff", flat=True)})


def _approve_list(plan: Plan, approval: Approval) -> None:
    decider = _decider(approval)
    grant = grant_for(Staff.objects.get(pk=decider))
    listing.approve(list_id=UUID(plan["list"]), approved_by=decider, grant=grant)


def _hold_lines(plan: Plan) -> list[Line]:
    """Raises Conflict: `hold_lifted`."""
    order = holding.find_order(UUID(plan["order"]))
    if order.lifted_at:
        raise Conflict("hold_lifted", number=order.name)
    about = holding.words_of(order)["about"] or f"{order.series_id} {order.first_year}–{order.last_year}"
    return [Line(_("Hold %(number)s") % {"number": order.name}, about, "")]


def _lift(plan: Plan, approval: Approval) -> None:
    holding.lift(order_id=UUID(plan["order"]), asked_by=approval.asker_id, allowed_by=_decider(approval))


def _doubt_lines(plan: Plan) -> list[Line]:
    """Raises Conflict: `holds_certain`."""
    found = _doubt(plan)
    orders = holding.standing()
    names = "、".join(order.name for order in orders.order_by("number")[:_MOST_NAMES])
    return [
        Line(_("May not keep all their records"), "、".join(found.facts["unsure"][:_MOST_NAMES]) or _("none"), ""),
        Line(_("Holds that stand"), str(orders.count()), names),
    ]


def _doubt(plan: Plan) -> Event:
    """Raises Conflict: `holds_certain` when this doubt was settled, or gave way to another."""
    found = doubt.standing()
    if found is None or str(found.id) != plan["doubt"]:
        raise Conflict("holds_certain")
    return found


def _settle(plan: Plan, approval: Approval) -> None:
    _doubt(plan)
    doubt.settle(asked_by=approval.asker_id, allowed_by=_decider(approval))


def _term_lines(plan: Plan) -> list[Line]:
    """Raises Conflict: `term_is_certain`. Invalid: `term_source_missing`."""
    rule = terms.unconfirmed(plan["version"], plan["rule"])
    source = terms.checked_source(plan["source"])
    return [
        Line(_("Term of %(rule)s") % {"rule": f"{rule.code} {rule.title}"}, _("not certain"), rule.term),
        Line(_("Source"), rule.source, source),
    ]


def _confirm(plan: Plan, approval: Approval) -> None:
    terms.confirm(
        version=plan["version"],
        code=plan["rule"],
        term=plan["term"],
        source=terms.checked_source(plan["source"]),
        asked_by=approval.asker_id,
        confirmed_by=_decider(approval),
    )


def _instrument_lines(plan: Plan) -> list[Line]:
    """Every field that differs from the version in force. Raises Invalid: `instrument_words_missing`."""
    number, begins = keeping.checked_words(plan)
    draft = keeping.find(UUID(plan["draft"]))
    found = list(differences(keeping.last_rows(draft.fonds_id), draft.rows))
    if not found:
        return []
    head = [
        Line(_("Approval number"), "", number),
        Line(_("In force from"), "", begins.isoformat()),
        Line(_("Terms not certain"), "", str(keeping.unverified_of(draft.rows))),
    ]
    return head + [Line(f"{one.code} {one.field}", one.old, one.new) for one in told(found)]


def _approve_instrument(plan: Plan, approval: Approval) -> None:
    number, begins = keeping.checked_words(plan)
    keeping.approve(
        draft_id=UUID(plan["draft"]), approval_number=number, effective_from=begins, approved_by=_decider(approval)
    )


def _decider(approval: Approval) -> UUID:
    if approval.decided_by_id is None:
        raise Conflict("approval_decided", number=approval.number)
    return approval.decided_by_id
