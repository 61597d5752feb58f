"""What the vault needs of whoever keeps the root key."""

from typing import Protocol


class KeyService(Protocol):
    """Keeps the root key and gives out only keys derived from it: a file today, a PKCS#11 device tomorrow."""

    def derive(self, label: bytes, length: int) -> bytes:
        """The same bytes for the same label, for ever. Raises Unavailable when the root key is out of reach."""
        ...
