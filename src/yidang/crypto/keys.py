"""The process's vault, opened from the data folder when first asked for."""

from functools import cache
from pathlib import Path

from django.conf import settings

from yidang.crypto.roots import FILE, Roots
from yidang.crypto.vault import Vault


def vault() -> Vault:
    """Raises Unavailable `root_key_missing`, `root_key_damaged`, `root_key_exposed`, `root_passphrase_…`."""
    return vault_of(settings.YIDANG.home)


@cache
def vault_of(home: Path) -> Vault:
    roots = roots_of(home)
    if roots.is_new():
        _establish(roots)
    roots.service(roots.register().root.number)  # a house without its key is told so at the door
    return Vault(roots.service, roots.register)


@cache
def roots_of(home: Path) -> Roots:
    return Roots(home, may_create=not _holds_sealed_data(home))


def _establish(roots: Roots) -> None:
    """The first start of a data folder that is to keep its root key elsewhere than in a plain file."""
    place: str = settings.YIDANG.root_key
    if place != FILE:
        from yidang.crypto.custody import establish

        establish(roots, place)


def forget_keys() -> None:
    """After the root key changed its place: nothing opened before counts any more."""
    vault_of.cache_clear()
    roots_of.cache_clear()


def _holds_sealed_data(home: Path) -> bool:
    """A lost root key must never be replaced by a new one in silence: what it sealed would look destroyed."""
    return (home / "keyring").exists() or (home / "ledger-keys").exists()
