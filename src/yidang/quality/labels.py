"""What the interface calls the events, permissions and places of this room; `site` puts them beside its own."""

from django.utils.translation import gettext_lazy as _

from yidang.identity.policy import Permission

ACTIONS = {
    "finding.raised": _("Doubts about a record raised"),
    "finding.shown": _("Evidence of a doubt shown"),
    "finding.decided": _("Doubt about a record decided"),
    "quality.threshold_set": _("Threshold set"),
    "quality.missing_declared": _("Missing records declared"),
    "quality.missing_taken_back": _("Declaration of missing records taken back"),
    "quality.listed": _("Records behind a figure listed"),
    "quality.exported": _("Quality figures taken along"),
    "sample.drawn": _("Sample drawn"),
    "sample.taken": _("Record of a sample taken for comparing"),
    "sample.compared": _("Record of a sample compared"),
    "sample.widened": _("Sample widened"),
    "sample.finished": _("Sample finished"),
    "rectification.opened": _("Rectification opened"),
    "rectification.reassigned": _("Rectification reassigned"),
    "rectification.cure_handed_in": _("Cure handed in"),
    "rectification.cure_accepted": _("Cure accepted"),
    "rectification.cure_returned": _("Cure returned"),
    "rectification.closed": _("Rectification closed"),
    "rectification.evidence_shown": _("Evidence of a cure shown"),
}

PERMISSIONS = {
    Permission.SEE_QUALITY: _("See quality figures and doubts"),
    Permission.DECIDE_FINDINGS: _("Decide doubts, declare what is missing"),
    Permission.REVIEW_SAMPLES: _("Draw samples and compare them"),
    Permission.RECTIFY: _("Put right what a case names"),
    Permission.ACCEPT_CURES: _("Open cases and judge cures"),
    Permission.SET_THRESHOLDS: _("Set thresholds, as head"),
}

GROUP = _("Quality")
HOME, FINDINGS = _("Quality figures"), _("Doubts about records")
SAMPLES, CASES = _("Samples"), _("Rectification")
