"""The process's vault, opened from the data folder when first asked for."""

from functools import cache
from pathlib import Path

from django.conf import settings

from yidang.crypto.adapters.key_file import KeyFile
from yidang.crypto.vault import Vault


def vault() -> Vault:
    """Raises Unavailable `root_key_missing`, `root_key_damaged` or `root_key_exposed`."""
    return vault_of(settings.YIDANG.home)


@cache
def vault_of(home: Path) -> Vault:
    return Vault(KeyFile(home / "keys" / "root.key", may_create=not _holds_sealed_data(home)))


def _holds_sealed_data(home: Path) -> bool:
    """A lost root key must never be replaced by a new one in silence: what it sealed would look destroyed."""
    return (home / "keyring").exists() or (home / "ledger-keys").exists()
