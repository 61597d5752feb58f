"""The root key of a folder whose register is lost with everything else: whichever of those that stand here fits.

Whoever brings it back from paper or from the safe need not know its number: `root.key` will do.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from yidang.crypto import passphrases
from yidang.crypto.adapters.key_file import KeyFile
from yidang.crypto.adapters.sealed_file import SealedFile
from yidang.crypto.durable import sync_file
from yidang.crypto.ports import KeyService
from yidang.crypto.register import FIRST, Register
from yidang.crypto.roots import FILE, PKCS11, SEALED, Roots


@dataclass(frozen=True, slots=True)
class Standing:
    """`kept` as in the register; `path` is None of a device."""

    kept: str
    service: KeyService
    path: Path | None = None


def candidates(roots: Roots, number: int, setting: str) -> Iterator[Standing]:
    """`setting`: where a new house would keep its root key, which may be a device.

    Raises Unavailable `root_key_damaged`, `root_key_exposed`, `root_passphrase_…`, `root_token_…`.
    """
    for name in dict.fromkeys((number, FIRST)):
        if (plain := roots.path(name, FILE)).exists():
            yield Standing(FILE, KeyFile(plain, may_create=False), plain)
        if (sealed := roots.path(name, SEALED)).exists():
            yield Standing(SEALED, SealedFile(sealed, passphrases.passphrase()), sealed)
    if setting.startswith(PKCS11):
        from yidang.crypto.adapters.pkcs11 import Token

        yield Standing(setting, Token(setting))


def put_in_force(roots: Roots, register: Register, standing: Standing) -> None:
    """The register back, and the root key where it looks for it. A kill in between is made good by repeating it."""
    place = roots.path(register.root.number, standing.kept)
    if standing.path is not None and standing.path != place:
        standing.path.replace(place)
        sync_file(place.parent)
    is_kept_so = register.root.kept == standing.kept
    roots.write(register if is_kept_so else register.keeping_root(standing.kept), by=standing.service)
