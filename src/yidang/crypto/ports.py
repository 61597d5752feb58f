"""What the vault needs of whoever keeps a root key."""

from typing import Protocol


class KeyService(Protocol):
    """Keeps one root key and gives out only keys derived from it: a plain file, a sealed file, a PKCS#11 device."""

    def derive(self, label: bytes, length: int) -> bytes:
        """The same bytes for the same label, for ever. Raises Unavailable when the root key is out of reach."""
        ...

    def secret(self) -> bytes | None:
        """The 32 bytes themselves, to be split or sealed anew; None where the device never lets them out."""
        ...
