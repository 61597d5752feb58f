"""What the interface calls the events, permissions and places of this room; `site` puts them beside its own."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from yidang.identity.policy import Permission

ACTIONS: dict[str, str | Promise] = {}
PERMISSIONS: dict[Permission, str | Promise] = {
    Permission.SEE_CREDIT: _("See credit archives"),
    Permission.SCORE_CREDIT: _("Enter points and measures"),
    Permission.DECIDE_CREDIT: _("Decide points and measures"),
}
