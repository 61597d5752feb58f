"""What the interface calls the archive's own words: states, roles, document types."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from yidang.access.lending import labels as lending
from yidang.checks import labels as checks
from yidang.claims import labels as claims
from yidang.collection import labels as collection
from yidang.credit import labels as credit
from yidang.disposition import labels as disposition
from yidang.duty import labels as duty
from yidang.insight import labels as insight
from yidang.oversight import labels as oversight
from yidang.quality import labels as quality
from yidang.storeroom import labels as storeroom


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
    # approvals
    "asked": State(_("To be decided"), "warn", "clock"),
    "refused": State(_("Refused"), "bad", "circle-x"),
    "withdrawn": State(_("Taken back"), "", "arrow-back-up"),
    "expired": State(_("Expired"), "", "clock"),
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
    "recording": _("Recording"),
    "other": _("Other"),
}

ROLES = {
    "archivist": _("Archivist"),
    "reader": _("Reader"),
    "doctor": _("Doctor"),
    "manager": _("Manager"),
    "section_head": _("Head of a section"),
    "storekeeper": _("Storekeeper"),
    "acceptor": _("Third-party acceptor"),
    "inspector": _("Inspector"),
    "decision_signer": _("Signer of decisions"),
    "credit_admin": _("Credit administrator"),
    "institution_clerk": _("Institution's clerk"),
    "system_admin": _("System administrator"),
    "security_admin": _("Security administrator"),
    "audit_admin": _("Audit administrator"),
}

# What an account is for; it never changes.
DUTIES = {
    "records": _("Records"),
    "system": _("System administration"),
    "security": _("Security administration"),
    "audit": _("Audit administration"),
}

SECURITY_CLASSES = {
    "public": _("Public"),
    "公开": _("Public"),
    "内部": _("Internal"),
    "敏感": _("Sensitive"),
    "internal": _("Internal"),
    "sensitive": _("Sensitive"),
}

KEY_FAMILIES = {
    "wrap": _("Wrapping keys of records"),
    "wrap-sensitive": _("Wrapping keys of sensitive records"),
    "field": _("Database fields"),
    "cache": _("Cached pages"),
    "ledger-signing": _("Signing keys of the ledger"),
    "credit": _("Numbers of the credit archive"),
    "index": _("Blind indexes"),
    "search": _("Search index"),
}

FACTOR_KINDS = {"totp": _("Authenticator app"), "recovery": _("Recovery codes"), "passkey": _("Passkey")}

VERSION_KINDS = {
    "filed": _("Filed"),
    "described": _("Description changed"),
    "restored": _("Earlier version restored"),
    "moved": _("Moved"),
    "paged": _("Pages rearranged"),
}

PAGE_CHANGES = {
    "added": _("Page added"),
    "removed": _("Page removed"),
    "moved": _("Page moved"),
    "turned": _("Page turned"),
    "text": _("Text read anew"),
}

# What an item's row in a comparison is about, beside the described fields.
PLACE_FIELDS = {
    "reference_code": _("Reference code"),
    "series": _("Series"),
    "year": _("Year"),
    "term": _("Retention period"),
    "document_type": _("Document type"),
}

ACTIONS = {
    "accession.opened": _("Accession opened"),
    "accession.closed": _("Accession received"),
    "accession.done": _("Accession finished"),
    "tiers.policy_approved": _("Policy of storage tiers approved"),
    "tiers.run": _("Records moved between storage tiers"),
    "item.filed": _("Filed"),
    "item.described": _("Description changed"),
    "item.restored": _("Earlier version restored"),
    "item.moved": _("Moved"),
    "item.paged": _("Pages rearranged"),
    "item.placed": _("Put in its place"),
    "item.set_aside": _("Set aside for a volume"),
    "item.split": _("Split"),
    "item.joined": _("Joined"),
    "item.sent_back": _("Sent back"),
    "item.viewed": _("Opened by a reader"),
    "item.verified": _("Checked"),
    "item.exported": _("Exported"),
    "item.downloaded": _("Downloaded as PDF"),
    "statement.issued": _("Statement issued"),
    "statement.revoked": _("Statement revoked"),
    "statement.viewed": _("Statement viewed"),
    "statement.handed_out": _("Statement handed out as PDF"),
    "dispute.exported": _("Dispute file made"),
    "page.viewed": _("Page viewed"),
    "recording.played": _("Recording played"),
    "page.read": _("Page's words shown"),
    "file.quarantined": _("File quarantined"),
    "file.resubmitted": _("File resubmitted"),
    "file.discarded": _("File discarded"),
    "volume.opened": _("Volume opened"),
    "volume.sealed": _("Volume sealed"),
    "volume.viewed": _("Volume viewed"),
    "volume.laid_in": _("Laid into a volume"),
    "volume.taken_out": _("Taken out of a volume"),
    "volume.ordered": _("Volume put in order"),
    "volume.split": _("Volume split"),
    "volume.merged": _("Volumes merged"),
    "volume.step_undone": _("Step of arranging undone"),
    "volume.supplemented": _("Sealed volume supplemented"),
    "volume.checked": _("Volume checked"),
    "volume.suggested": _("Volumes suggested"),
    "sheet.shown": _("Catalogue sheet shown"),
    "sheet.unmasked": _("Catalogue sheet shown in full"),
    "glass.broken": _("Emergency access"),
    "glass.reviewed": _("Emergency access reviewed"),
    "item.audience_viewed": _("Looked up who saw it"),
    "policy.explained": _("Asked why somebody can see it"),
    "id_number.unmasked": _("ID number shown in full"),
    "phone.unmasked": _("Phone shown in full"),
    "staff.created": _("Account made"),
    "staff.closed": _("Account closed"),
    "staff.opened": _("Account opened"),
    "staff.signed_in": _("Signed in"),
    "staff.signed_out": _("Signed out"),
    "staff.refused": _("Sign-in refused"),
    "staff.visit_ended": _("Session ended"),
    "staff.password_reset": _("Password reset"),
    "staff.password_changed": _("Password changed"),
    "staff.factor_added": _("Second factor added"),
    "staff.factor_removed": _("Second factor removed"),
    "staff.factor_refused": _("Second factor refused"),
    "staff.factors_reset": _("Second factors reset"),
    "staff.recovery_codes_made": _("Recovery codes made"),
    "staff.recovery_code_used": _("Recovery code used"),
    "staff.sso_bound": _("Bound to single sign-on"),
    "scheme.loaded": _("Scheme taken on from the package"),
    "scheme.put_back": _("Scheme found changed from outside, and put back"),
    "staff.restored": _("Account restored from the ledger"),
    "staff.attested": _("Account entered in the ledger"),
    "post.given": _("Post given"),
    "post.ended": _("Post ended"),
    "institution.registered": _("Institution registered"),
    "person_name.unmasked": _("Name shown in full"),
    "diagnosis.unmasked": _("Diagnosis shown in full"),
    "icd_code.unmasked": _("Diagnosis code shown in full"),
    "title.unmasked": _("Title shown in full"),
    "responsible.unmasked": _("Responsible body shown in full"),
    "keywords.unmasked": _("Keywords shown in full"),
    "note.unmasked": _("Note shown in full"),
    "unit_name.unmasked": _("Employer shown in full"),
    "page.unmasked": _("Page text shown in full"),
    "audit.viewed": _("Audit log read"),
    "release.weighed": _("Data set weighed"),
    "release.allowed": _("Data set allowed"),
    "release.exported": _("Data set handed out"),
    "pseudonym.led_back": _("Pseudonym led back"),
    "pseudonym.viewed": _("Value of a pseudonym shown"),
    "audit.exported": _("Audit log exported"),
    "use.doubted": _("Use of records doubted"),
    "use.decided": _("Doubt about use decided"),
    "search.performed": _("Searched"),
    "view.saved": _("View saved"),
    "view.forgotten": _("View forgotten"),
    "list.exported": _("List of records taken along"),
    "catalogue.rebuilt": _("Catalogue rebuilt"),
    "request.received": _("Person's request taken in"),
    "request.granted": _("Person's request granted"),
    "request.refused": _("Person's request refused"),
    "request.handed_out": _("Copies handed to the person"),
    "assessment.kept": _("Impact assessment kept"),
    "leak.reported": _("Leak reported"),
    "leak.told": _("Leak told of"),
    "key.rotated": _("Keys turned over"),
    "key.root_replaced": _("Root key replaced"),
    "key.root_moved": _("Root key moved"),
    "key.split": _("Root key split"),
    "key.recovered": _("Root key recovered"),
    "copies.run": _("Copies made"),
    "copies.check": _("Copies checked"),
    "copies.drill": _("Restoring practised"),
    "copies.scrub": _("Stored bytes read through"),
    "copies.restore": _("Restored from copies"),
}

ACTIONS |= {
    "approval.asked": _("Approval asked for"),
    "approval.shown": _("Approval looked at"),
    "approval.blocked": _("Approval not carried out"),
    "approval.done": _("Approved and carried out"),
    "approval.refused": _("Approval refused"),
    "approval.withdrawn": _("Approval taken back"),
    "approval.expired": _("Approval expired"),
    "task.opened": _("Task opened"),
    "task.closed": _("Task closed"),
    "notice.sent": _("Notice delivered"),
    "notice.dead": _("Notice not delivered"),
    "notice.pruned": _("Old notices removed"),
    "notice.resent": _("Notice sent again"),
    "notice.read": _("Notices read"),
    "notice.channels_chosen": _("Channels of notices chosen"),
    "address.changed": _("Address of notices changed"),
}

ACTIONS |= disposition.ACTIONS
ACTIONS |= lending.ACTIONS
ACTIONS |= quality.ACTIONS
ACTIONS |= checks.ACTIONS
ACTIONS |= duty.ACTIONS
ACTIONS |= insight.ACTIONS
ACTIONS |= claims.ACTIONS
ACTIONS |= oversight.ACTIONS
ACTIONS |= credit.ACTIONS
ACTIONS |= storeroom.ACTIONS
VERSION_KINDS |= disposition.VERSION_KINDS
ACTIONS |= collection.ACTIONS
VERSION_KINDS |= collection.VERSION_KINDS

LINK_COLUMNS = {"file_name": _("File name"), "number": _("Number in the list"), "year": _("Year")}

SOURCES = {
    "machine": _("Read by the machine"),
    "person": _("Entered by a person"),
    "catalogue": _("From the catalogue"),
    "default": _("From the file name"),
}
