"""What the interface calls the events, permissions and places of this room; `site` puts them beside its own."""

from django.utils.translation import gettext_lazy as _

from yidang.identity.policy import Permission

ACTIONS = {"yearly_table.entered": _("Yearly table filled in")}
PERMISSIONS = {
    Permission.SEE_FIGURES: _("See the figures of the whole archive"),
    Permission.ENTER_FIGURES: _("Fill in the yearly table"),
}
DASHBOARD = _("Figures of the archive")
YEARLY = _("Yearly table")
