"""What the interface calls the events, permissions and places of this room; `site` puts them beside its own."""

from django.utils.translation import gettext_lazy as _

from yidang.identity.policy import Permission

ACTIONS = {
    "checks.run": _("Four natures checked"),
    "checks.attested": _("Check answered for"),
    "checks.step": _("Accession taken a step on"),
    "checks.sample_drawn": _("Acceptance sample drawn"),
    "checks.item_judged": _("Sampled record judged"),
    "checks.scheme_approved": _("Check scheme approved"),
    "checks.report_taken": _("Check report handed out"),
}

PERMISSIONS = {Permission.RUN_CHECKS: _("Check the four natures, sample, answer for checks")}

COURSES, SCHEMES, DESK = _("Acceptance"), _("Check schemes"), _("Acceptance desk")
