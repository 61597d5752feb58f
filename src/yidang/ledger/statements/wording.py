"""What the pages of checking say, server or no server."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from yidang.ledger.statements.checking import Outcome

OUTCOMES: dict[str, str | Promise] = {
    Outcome.VALID: _("This statement is genuine and stands."),
    Outcome.EXPIRED: _("This statement is genuine, but its term has run out."),
    Outcome.REVOKED: _("This statement was revoked. It no longer stands."),
    Outcome.UNKNOWN: _("The register of this archive does not know this statement. Do not rely on it."),
    Outcome.ALTERED: _("This statement was altered: its signature does not hold. Do not rely on it."),
    Outcome.UNKNOWN_KEY: _("This statement was not signed by this archive."),
    Outcome.UNREADABLE: _("This is no statement, or it was not read completely."),
    Outcome.UNPROVED: _("The ledger does not bear this statement out. Do not rely on it, and tell the archive."),
}

REASONS: dict[str, str | Promise] = {
    "error": _("It contained an error"),
    "superseded": _("A newer statement took its place"),
    "misused": _("It was misused"),
    "lost": _("It was lost"),
    "ordered": _("Ordered by a court or an authority"),
}

OFFLINE: dict[str, str | Promise] = {
    "number": _("Number"),
    "issued": _("Issued"),
    "expires": _("Valid until"),
    "issuer": _("Ledger"),
    "unknown_kind": _("A kind of statement that this page does not know yet. Take a newer copy of the page."),
    "revoked_on": _("Revoked on {at}: {reason}."),
    "signature_holds": _("The signature holds: not a bit was changed."),
    "inclusion_holds": _("Its issue and its subject stand in the signed ledger."),
    "inclusion_broken": _("The proof in the file does not lead to the signed ledger."),
    "inclusion_absent": _("The code alone is too small for the proof from the ledger; the statement's file holds it."),
    "as_of": _("Revocations are known as of {at}. What was revoked later, this page cannot know."),
    "newer_than_list": _("The statement is newer than this page. Ask the archive whether it still stands."),
}

PAGE: dict[str, str | Promise] = {
    "title": _("Check a statement without a network"),
    "lead": _("This page needs no server and sends nothing. It holds the archive's public keys and revocations."),
    "label": _("Text of the code, or its digits"),
    "check": _("Check"),
    "camera": _("Use the camera"),
    "file": _("A picture of the code, the statement's file, or a certified copy as PDF"),
    "failed_camera": _("The camera cannot be used here. Take a picture of the code and choose it below."),
    "failed_picture": _("No code was found in this file."),
    "limits": _("The Ed25519 signatures are checked here; the SM2 signatures and the whole log by the verifier."),
}
