"""What the interface calls the events, permissions and places of this room; `site` puts them beside its own."""

from django.utils.translation import gettext_lazy as _

from yidang.identity.policy import Permission

GROUP = _("Credit")
ARCHIVES = _("Credit archives")
TO_DECIDE = _("Credit entries to decide")
APPEALS = _("Appeals")
TERMS = _("Terms of credit")
OWN = _("Points of our staff")

ACTIONS = {"credit.logged": _("Log of the credit archive moved on")}
PERMISSIONS = {
    Permission.SEE_CREDIT: _("See credit archives"),
    Permission.SCORE_CREDIT: _("Enter points and measures"),
    Permission.DECIDE_CREDIT: _("Decide points and measures"),
}
