"""What the interface calls the events, permissions and places of this room; `site` puts them beside its own."""

from django.utils.translation import gettext_lazy as _

from yidang.identity.policy import Permission

ACTIONS = {
    "claims.imported": _("Claims imported"),
    "traces.scanned": _("Trace codes scanned"),
    "traces.shown": _("Way of a box shown"),
    "traces.judged": _("Box in doubt judged"),
    "claims.drg_scheme_imported": _("Grouping scheme imported"),
    "claims.drg_shown": _("Groups of cases shown"),
    "claims.drg_exported": _("Groups of cases exported"),
    "claims.list_taken": _("List of others taken in"),
    "claims.lists_shown": _("Lists of others shown"),
    "claims.rows_handed_back": _("Rows kept out handed back"),
    "settlements.listed": _("Settlements listed"),
    "settlement.shown": _("Settlement shown"),
    "settlement.unmasked": _("Settlement shown in clear"),
    "settlement.recovered": _("Part of a settlement taken back by decision"),
    "settlement.restored": _("Given back to a settlement: its decision fell"),
    "settlements.forgotten": _("Settlements forgotten with their records"),
    "enrolee.forgotten": _("Claims of a person forgotten"),
    "enrolee.shown": _("Enrolee shown"),
    "enrolee.unmasked": _("Enrolee shown in clear"),
    "enrolees.linked": _("Enrolees compared for duplicates"),
    "enrolees.compared": _("Doubtful pairs of enrolees shown"),
    "enrolee.merged": _("Enrolees merged"),
    "enrolee.parted": _("Merge of enrolees undone"),
    "enrolee.compared": _("Pair of enrolees decided"),
    "evidence.linked": _("Evidence linked"),
    "evidence.unlinked": _("Evidence unlinked"),
}
GROUP = _("Claims")
SETTLEMENTS = _("Settlements")
DRG = _("Groups of cases")
IMPORTS = _("Imports of claims")
LISTS = _("Lists of others")
PERSONS = _("Perhaps one person")
BOX_WAY = _("Way of a box")
BOX_ALERTS = _("Boxes in doubt")
PERMISSIONS = {
    Permission.SEE_CLAIMS: _("See claims"),
    Permission.IMPORT_CLAIMS: _("Import claims"),
}
