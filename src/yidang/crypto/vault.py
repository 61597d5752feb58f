"""Purpose keys, all derived from a root key."""

from collections.abc import Callable
from functools import cache

from yidang.crypto.ports import KeyService
from yidang.crypto.register import Register, family_of
from yidang.crypto.sm import KeyedSm3

KEY_SIZE = 32
SM4_KEY_SIZE = 16


class Vault:
    """One key per purpose and version, so that no key serves two ends and each can be replaced apart."""

    def __init__(self, service_of: Callable[[int], KeyService], register: Callable[[], Register]) -> None:
        self.service_of = service_of
        self.register = register
        self._derive = cache(self._derive_anew)  # safe: a version never changes its root key
        self.keyed = cache(self._keyed)

    def derive(self, purpose: str, version: int = 1) -> bytes:
        """32 bytes."""
        return self._derive(purpose, version, f"{purpose}/v{version}", KEY_SIZE)

    def cipher_key(self, purpose: str, version: int = 1) -> bytes:
        """16 bytes, for SM4. Raises Invalid `key_version_unknown`."""
        return self._derive(purpose, version, f"{purpose}/sm4/v{version}", SM4_KEY_SIZE)

    def current(self, purpose: str) -> int:
        """The version that seals anew."""
        return self.register().current(family_of(purpose))

    def sealing_key(self, purpose: str) -> bytes:
        """The SM4 key by which this purpose is sealed from now on."""
        return self.cipher_key(purpose, self.current(purpose))

    def opening_keys(self, purpose: str) -> list[bytes]:
        """Every SM4 key by which something of this purpose may still be sealed, the newest first."""
        return [self.cipher_key(purpose, version) for version in self.versions(purpose)]

    def versions(self, purpose: str) -> list[int]:
        """Those that stand, the newest first."""
        return [one.number for one in reversed(self.register().versions(family_of(purpose)))]

    def _derive_anew(self, purpose: str, version: int, label: str, size: int) -> bytes:
        root = self.register().root_of(family_of(purpose), version)
        return self.service_of(root).derive(label.encode(), size)

    def _keyed(self, purpose: str, version: int = 1) -> KeyedSm3:
        return KeyedSm3(self.derive(purpose, version))
