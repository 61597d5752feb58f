"""Which virus scanner there is, and what it says of stored files. Content goes to it through memory or a socket."""

from collections.abc import Sequence
from typing import Protocol

from django.conf import settings

from yidang.checks.adapters import clamav
from yidang.kernel.errors import Unavailable


class Scanner(Protocol):
    @property
    def name(self) -> str: ...

    def version(self) -> str:
        """Blank when it does not answer."""
        ...

    def look(self, locators: Sequence[str]) -> dict[str, str]:
        """Locator → name of the virus, of those that have one. Raises Unavailable: `virus_scanner_failed`."""
        ...


def scanner() -> Scanner | None:
    return clamav.found(settings.YIDANG.virus_scanner)


def infected(scanner: Scanner, locators: Sequence[str]) -> dict[str, str] | None:
    """None when the scanner gave up: that is no verdict."""
    try:
        return scanner.look(locators)
    except Unavailable:
        return None
