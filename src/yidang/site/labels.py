"""What the interface calls the archive's own words: states, roles, document types."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class State:
    label: str | Promise
    tone: str
    icon: str


STATES = {
    # items
    "reading": State(_("Being read"), "info", "text-scan-2"),
    "waiting": State(_("To be confirmed"), "warn", "checklist"),
    "filing": State(_("Being filed"), "info", "archive"),
    "filed": State(_("Filed"), "good", "circle-check"),
    # accessions
    "receiving": State(_("Receiving"), "info", "upload"),
    "processing": State(_("In progress"), "info", "refresh"),
    "done": State(_("Finished"), "good", "circle-check"),
    # received files
    "uploading": State(_("Uploading"), "info", "upload"),
    "received": State(_("Received"), "info", "inbox"),
    "unfolded": State(_("Unpacked"), "", "file-zip"),
    "accepted": State(_("Accepted"), "good", "circle-check"),
    "duplicate": State(_("Duplicate"), "", "copy"),
    "quarantined": State(_("Quarantined"), "bad", "alert-triangle"),
}

DOCUMENT_TYPES = {
    "enrolment_person": _("Personal enrolment form"),
    "enrolment_unit": _("Employer enrolment form"),
    "settlement_list": _("Inpatient settlement list"),
    "diagnosis_certificate": _("Diagnosis certificate"),
    "chronic_application": _("Chronic disease application"),
    "remote_filing": _("Out-of-area treatment filing"),
    "inspection_notice": _("Inspection notice"),
    "invoice": _("Invoice"),
    "levy_assessment": _("Levy assessment"),
    "typed_letter": _("Typed letter"),
    "other": _("Other"),
}

ROLES = {
    "archivist": _("Archivist"),
    "reader": _("Reader"),
    "system_admin": _("System administrator"),
}

SECURITY_CLASSES = {
    "public": _("Public"),
    "internal": _("Internal"),
    "secret": _("Secret"),
}

VERSION_KINDS = {
    "filed": _("Filed"),
    "described": _("Description changed"),
    "restored": _("Earlier version restored"),
    "moved": _("Moved"),
    "paged": _("Pages rearranged"),
}
