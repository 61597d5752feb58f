"""The clear columns that follow from a description: coarse facts for lists and facets, never who it is about."""

from typing import Any

from yidang.holdings.description import Description
from yidang.kernel.errors import Invalid

_CLASSES = {
    "公开": "public",
    "public": "public",
    "内部": "internal",
    "internal": "internal",
    "敏感": "sensitive",
    "sensitive": "sensitive",
}
_STATE_SECRETS = ("秘密", "机密", "绝密")
_LONGEST_CODE = 20


def security_class(description: Description) -> str:
    """`public`, `internal` or `sensitive`; internal where nothing is said.

    Raises:
        Invalid: `state_secret_refused`; such papers belong under the secrecy law, not in this system.
    """
    written = description.text("security_class").strip()
    if written.startswith(_STATE_SECRETS):
        raise Invalid("state_secret_refused")
    return _CLASSES.get(written, "internal")


def require_known_class(written: str) -> None:
    """What a person enters is one of the classes: a word that says nothing would open a record that was to be closed.

    Raises Invalid: `state_secret_refused`, `security_class_unknown`.
    """
    if written.startswith(_STATE_SECRETS):
        raise Invalid("state_secret_refused")
    if written not in _CLASSES:
        raise Invalid("security_class_unknown")


def institution(description: Description) -> str:
    code = description.text("institution").strip()
    return code if len(code) <= _LONGEST_CODE else ""


def described_columns(description: Description) -> dict[str, Any]:
    """Raises Invalid as `security_class` does."""
    return {
        "formed_on": description.formed_on,
        "institution": institution(description),
        "security_class": security_class(description),
    }


def page_total(description: Description, pages: int) -> int:
    """Pages in the store, or for a paper-only item those its catalogue row counts."""
    counted = description.value("pages")
    return pages or (counted if isinstance(counted, int) and counted > 0 else 0)
