"""What the interface calls the events, permissions and places of this room; `site` puts them beside its own."""

from django.utils.translation import gettext_lazy as _

from yidang.identity.policy import Permission

ACTIONS = {
    "item.appraised": _("Retention period set anew"),
    "item.destroyed": _("Record destroyed"),
    "appraisal.opened": _("Appraisal group formed"),
    "appraisal.opinion": _("Opinions given"),
    "appraisal.regrouped": _("Member of an appraisal group replaced"),
    "appraisal.dissolved": _("Appraisal group dissolved"),
    "appraisal.reported": _("Appraisal report made"),
    "destruction.listed": _("Destruction list drawn"),
    "destruction.filed": _("Destruction list put on record"),
    "destruction.approved": _("Destruction approved"),
    "destruction.witnessed": _("Destruction witnessed"),
    "destruction.begun": _("Destruction begun"),
    "destruction.carried_out": _("Destruction carried out"),
    "destruction.completed": _("Destruction complete"),
    "destruction.withdrawn": _("Destruction list withdrawn"),
    "hold.placed": _("Hold placed"),
    "hold.lifted": _("Hold lifted"),
    "hold.covered": _("Records held"),
    "holds.in_doubt": _("Holds in doubt after a rebuild"),
    "holds.confirmed": _("Holds confirmed"),
    "instrument.drafted": _("Instrument drafted"),
    "instrument.edited": _("Instrument edited"),
    "instrument.dropped": _("Draft of the instrument dropped"),
    "instrument.approved": _("Instrument approved"),
    "term.confirmed": _("Retention term confirmed"),
    "transfer.proposed": _("Transfer proposed"),
    "transfer.approved": _("Transfer approved"),
    "transfer.packed": _("Transfer package made"),
    "transfer.downloaded": _("Transfer package downloaded"),
    "transfer.handed_over": _("Transfer handed over"),
    "transfer.received": _("Transfer received"),
    "transfer.withdrawn": _("Transfer withdrawn"),
}

VERSION_KINDS = {"appraised": _("Retention period set anew")}

PERMISSIONS = {
    Permission.OPEN_APPRAISAL: _("Form appraisal groups"),
    Permission.APPRAISE: _("Appraise, as a named member"),
    Permission.REPORT_APPRAISAL: _("Report on an appraisal"),
    Permission.LIST_DESTRUCTION: _("Draw destruction lists and ask for approval"),
    Permission.FILE_DESTRUCTION: _("Put a list on record with the department"),
    Permission.APPROVE_DESTRUCTION: _("Approve destruction, as head"),
    Permission.WITNESS_DESTRUCTION: _("Witness destruction, as named on the list"),
    Permission.CARRY_OUT_DESTRUCTION: _("Carry out destruction"),
    Permission.HOLD_RECORDS: _("Place holds and ask to lift them"),
    Permission.LIFT_HOLDS: _("Allow a hold to be lifted"),
    Permission.KEEP_INSTRUMENT: _("Keep scheme and retention terms"),
    Permission.APPROVE_INSTRUMENT: _("Approve the instrument, as head"),
    Permission.TRANSFER_RECORDS: _("Propose transfers, hand them over, record receipts"),
    Permission.APPROVE_TRANSFER: _("Approve transfers, as head"),
    Permission.CONFIRM_TERMS: _("Confirm retention terms, as head"),
}

GROUP = _("End of records")
DUE, APPRAISALS, LISTS = _("Due for appraisal"), _("Appraisals"), _("Destruction lists")
INSTRUMENT = _("Scheme and terms")
TRANSFERS = _("Transfers")
HOLDS, TERMS = _("Holds on records"), _("Retention terms")
