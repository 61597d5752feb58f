"""What the interface calls the events, permissions and places of this room; `site` puts them beside its own."""

from django.utils.translation import gettext_lazy as _

from yidang.identity.policy import Permission

GROUP = _("Fund inspection")
QUEUE = _("Doubts about settlements")
CASES = _("Inspection cases")
INDICATORS = _("Monthly indicators")
MEASURES = _("What the desk is worth")
RULES = _("Rule book")
MODELS = _("Models of doubt")
KNOWLEDGE = _("Knowledge base")
REQUESTS = _("Requests of the bureau")

ACTIONS = {
    "oversight.run_started": _("Run over claims begun"),
    "oversight.run_finished": _("Run over claims ended"),
    "oversight.findings_recorded": _("Doubts about settlements recorded"),
    "oversight.findings_overtaken": _("Doubts overtaken by corrections"),
    "oversight.exported": _("List of inspection taken along"),
    "doubt.shown": _("Doubt about a settlement shown"),
    "doubt.judged": _("Doubt about a settlement judged"),
    "doubt.reopened": _("Word on a doubt taken back"),
    "rule.review": _("Rule of inspection back to review"),
    "rule.restored": _("Rule of inspection goes on"),
    "knowledge.imported": _("Table of the knowledge base read in"),
    "knowledge.in_force": _("Table of the knowledge base put in force"),
    "knowledge.discarded": _("Table of the knowledge base discarded"),
    "knowledge.confirmed": _("Table of the knowledge base confirmed"),
    "model.entered": _("Model entered on trial"),
    "model.promoted": _("Model heard from now on"),
    "model.retired": _("Model retired"),
    "model.shown": _("Page of a model shown"),
    "inspection.shown": _("Inspection case shown"),
    "inspection.opened": _("Inspection case opened"),
    "inspection.papers_asked": _("Papers asked of an institution"),
    "inspection.request_shown": _("Request shown to the institution"),
    "inspection.answered": _("Institution answered"),
    "inspection.file_shown": _("File of an institution shown"),
    "inspection.heard": _("Institution heard"),
    "inspection.proposed": _("Decision of inspection proposed"),
    "inspection.decided": _("Decision of inspection signed by a second person"),
    "inspection.notified": _("Institution notified of a decision"),
    "oversight.indicators_shown": _("Monthly indicators shown"),
    "inspection.request_handed_out": _("Letter that asks for papers handed out"),
    "inspection.notice_handed_out": _("Notice of a decision handed out again"),
    "inspection.recovery_planned": _("Paying back arranged"),
    "inspection.payment_entered": _("Payment entered"),
    "inspection.payment_confirmed": _("Payment confirmed"),
    "inspection.overturn_asked": _("Asked to take back a decision of inspection"),
    "inspection.overturned": _("Decision of inspection taken back by two persons"),
    "inspection.fall_handed_out": _("Letter that takes a decision back handed out"),
    "inspection.refund_entered": _("Payment to an institution entered"),
    "inspection.refund_confirmed": _("Payment to an institution confirmed"),
    "inspection.closed": _("Inspection case closed and filed"),
}
PERMISSIONS = {
    Permission.SEE_OVERSIGHT: _("See findings and cases"),
    Permission.REVIEW_FINDINGS: _("Review findings"),
    Permission.SIGN_DECISIONS: _("Sign decisions"),
    Permission.TUNE_RULES: _("Tune rules"),
    Permission.ANSWER_INSPECTION: _("Answer for an institution"),
}
