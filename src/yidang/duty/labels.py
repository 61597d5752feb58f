"""What the interface calls the events, permissions and places of this room; `site` puts them beside its own."""

from django.utils.translation import gettext_lazy as _

from yidang.identity.policy import Permission

ACTIONS = {
    "duty.given": _("Appointed to a duty"),
    "duty.ended": _("Duty ended"),
    "hand_over.drawn": _("Hand-over list drawn"),
    "hand_over.signed": _("Hand-over signed"),
    "incident.reported": _("Leak or damage reported"),
    "incident.held": _("Record held while a leak or damage is looked into"),
    "incident.shown": _("Report of a leak or damage shown"),
    "incident.closed": _("Leak or damage closed"),
    "processor.kept": _("Contract with a firm recorded"),
}
PERMISSIONS = {Permission.KEEP_DUTIES: _("Keep duties, incidents and contracts")}
GROUP = _("Responsibilities")
DUTIES = _("Who answers for what")
HAND_OVERS = _("Hand-overs")
INCIDENTS = _("Leaks and damage")
PROCESSORS = _("Firms under contract")
