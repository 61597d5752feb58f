"""Purpose keys, all derived from the one root key."""

from functools import cache

from yidang.crypto.ports import KeyService
from yidang.crypto.sm import KeyedSm3

KEY_SIZE = 32
SM4_KEY_SIZE = 16


class Vault:
    """One key per purpose and version, so that no key serves two ends and each can be replaced apart."""

    def __init__(self, service: KeyService) -> None:
        self._derive = cache(service.derive)
        self.keyed = cache(self._keyed)

    def derive(self, purpose: str, version: int = 1) -> bytes:
        """32 bytes."""
        return self._derive(f"{purpose}/v{version}".encode(), KEY_SIZE)

    def cipher_key(self, purpose: str, version: int = 1) -> bytes:
        """16 bytes, for SM4."""
        return self._derive(f"{purpose}/sm4/v{version}".encode(), SM4_KEY_SIZE)

    def _keyed(self, purpose: str, version: int = 1) -> KeyedSm3:
        return KeyedSm3(self.derive(purpose, version))
