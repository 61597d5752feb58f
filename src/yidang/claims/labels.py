"""What the interface calls the events, permissions and places of this room; `site` puts them beside its own."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from yidang.identity.policy import Permission

ACTIONS: dict[str, str | Promise] = {
    "claims.imported": _("Claims imported"),
}
PERMISSIONS: dict[Permission, str | Promise] = {
    Permission.SEE_CLAIMS: _("See claims"),
    Permission.IMPORT_CLAIMS: _("Import claims"),
}
