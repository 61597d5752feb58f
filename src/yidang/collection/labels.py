"""What the interface calls the events, permissions and places of this room; `site` puts them beside its own."""

from django.utils.translation import gettext_lazy as _

from yidang.identity.policy import Permission

ACTIONS = {
    "institution.kept": _("Institution kept"),
    "requirement.kept": _("Requirement kept"),
    "requirement.ended": _("Requirement ended"),
    "holiday.kept": _("Holiday kept"),
    "obligation.met": _("Submission received"),
    "obligation.partly_met": _("Submission received in part"),
    "obligation.waived": _("Submission waived"),
    "obligation.reminded": _("Institution reminded"),
    "overdue.exported": _("Overdue list taken along"),
    "letter.issued": _("Chase letter issued"),
    "letter.handed_out": _("Chase letter handed out as PDF"),
    "letter.answered": _("Chase letter answered"),
    "system.entered": _("Business system entered"),
    "system.token_renewed": _("Token of a business system renewed"),
    "system.revoked": _("Business system revoked"),
    "case.received": _("Case received"),
    "case.refused": _("Case refused"),
    "case.shown": _("Case shown"),
    "case.material_settled": _("Material of a case settled"),
    "case.asked_for": _("Missing materials asked for"),
    "case.joined": _("Paper and electronic parts met"),
    "item.extended": _("Parts added"),
}

VERSION_KINDS = {"extended": _("Parts added")}

PERMISSIONS = {
    Permission.COLLECT: _("Keep the submission calendar, chase, look after cases"),
    Permission.SEE_COLLECTION: _("See the submission calendar"),
    Permission.MANAGE_INTERFACES: _("Manage business systems and their tokens"),
}

GROUP = _("Collection")
COUNTER = _("At the counter")
CALENDAR, OVERDUE, LETTERS = _("Submission calendar"), _("Overdue"), _("Chase letters")
CASES, INSTITUTIONS, SYSTEMS = _("Cases"), _("Institutions"), _("Business systems")
