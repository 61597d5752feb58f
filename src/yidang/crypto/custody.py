"""Where the root key is kept, and how it comes to be kept elsewhere: each change counts in one instant.

The order of every change: the new place is durable, the register says so (the instant), the old place is emptied. A
kill before the instant leaves a place that nothing uses and the next attempt takes up; after it, an old place that the
next change or start empties.
"""

import secrets
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings

from yidang.crypto import passphrases
from yidang.crypto.adapters.key_file import ROOT_KEY, KeyFile, SoftRoot, write_key_file
from yidang.crypto.adapters.sealed_file import write_sealed_file
from yidang.crypto.keyring import Keyring, rings_at
from yidang.crypto.keys import forget_keys, roots_of, vault_of
from yidang.crypto.ports import KeyService
from yidang.crypto.register import EVERY, FIRST, Register, Root
from yidang.crypto.roots import FILE, PKCS11, SEALED, UNDER, Roots
from yidang.crypto.rotation import changing
from yidang.crypto.shares import Recovered, Share, recover_root, split_root
from yidang.crypto.vault import Vault
from yidang.kernel import clock
from yidang.kernel.errors import Conflict, DomainError, Invalid


def kept() -> Root:
    return _roots().register().root


def establish(roots: Roots, place: str) -> None:
    """The first root key of a new data folder. Raises Invalid `root_key_place`, `root_passphrase_short`."""
    with changing(roots.folder.parent):
        if roots.is_new():
            secret_of = passphrases.passphrase if place == SEALED else str
            fresh = _made(roots.path(FIRST, place), place, secret_of())
            roots.write(Register(serial=1, roots=(Root(FIRST, place, clock.now().isoformat()),)), by=fresh)


def seal_root(passphrase: str) -> None:
    """From a plain file to one under a passphrase; of one under a passphrase, a new passphrase.

    Raises Conflict `root_key_not_extractable`, Invalid `root_passphrase_short`.
    """
    _keep_as(SEALED, passphrase)


def unseal_root() -> None:
    """Back to a plain file of mode 600. Raises Conflict `root_key_not_extractable`."""
    _keep_as(FILE, "")


def _keep_as(place: str, passphrase: str) -> None:
    roots = _roots()
    with changing(settings.YIDANG.home):
        register = roots.register()
        number = register.root.number
        _lay_down(roots.path(number, place), place, _secret(roots, register.root), passphrase)
        roots.write(register.keeping_root(place))
        roots.tidy()


def replace_root(place: str, *, passphrase: str = "") -> Register:
    """A new root key; everything derived from the former one is sealed anew in the background from now on.

    `place`: `file`, `sealed` or `pkcs11:…`. The former root key is kept, sealed under the new one, for as long as
    anything needs it: digests of files and search tokens (docs/adr/0014).
    """
    roots = _roots()
    with changing(settings.YIDANG.home):
        before = roots.register()
        number, made_at = before.root.number + 1, clock.now().isoformat()
        fresh = _made(roots.path(number, place), place, passphrase)
        retired = {one.number: _retired(roots, one, number, fresh) for one in before.roots}
        register = before.with_root(place, retired=retired, made_at=made_at)
        for family in EVERY:
            register = register.with_version(family, made_at=made_at)
        roots.write(register, by=fresh)
        roots.tidy()
    return register


def split(*, shares: int, needed: int) -> list[Share]:
    """Shares of the root key in force. Raises Conflict `root_key_not_extractable`, Invalid `share_counts`."""
    roots = _roots()
    root = roots.register().root
    return split_root(_secret(roots, root), root=root.number, shares=shares, needed=needed)


def recover(texts: Sequence[str], *, passphrase: str = "") -> int:
    """Puts a lost root key back where the register says it stood; says which number it has.

    Raises:
        Invalid: as `shares.recover_root`; `shares_of_another_archive` when what stands here does not open under it.
        Conflict: `root_key_present` when one is there, which is never replaced.
    """
    found = recover_root(texts)
    home: Path = settings.YIDANG.home
    roots = Roots(home, may_create=False)
    told = roots.unproved().root
    place = told.kept if told.kept in {FILE, SEALED} and told.number == found.root else FILE
    if passphrase and not roots.has_register():
        place = SEALED
    for path in (roots.path(found.root, FILE), roots.path(found.root, SEALED)):
        if path.exists():
            raise Conflict("root_key_present", path=str(path))
    _prove(home, roots, found)
    _lay_down(roots.path(found.root, place), place, found.secret, passphrase)
    forget_keys()
    return found.root


def check_opens(home: Path) -> None:
    """Before what cannot be taken back: the root key is here, and is the one that the key tables stand under.

    Raises:
        Unavailable: `root_key_missing`, `root_key_damaged`, `root_passphrase_…`. Conflict: `root_key_of_another`.
    """
    vault = vault_of(home)
    try:
        for path, purpose in rings_at(home):
            _prove_ring(Keyring(path, vault, purpose=purpose))
    except Invalid:
        raise Conflict("root_key_of_another", home=str(home)) from None


def _prove(home: Path, roots: Roots, found: Recovered) -> None:
    """Before anything is put in place: what stands here must have been sealed under this key."""
    root = SoftRoot(found.secret)
    if roots.has_register():
        if not roots.is_vouched_for_by(root):
            raise Invalid("shares_of_another_archive")
        return
    vault = Vault(lambda _number: root, Register)
    for path, purpose in rings_at(home):
        _prove_ring(Keyring(path, vault, purpose=purpose))


def _prove_ring(ring: Keyring) -> None:
    try:
        for key_id in ring.ids():
            ring.key(key_id)
            return
    except DomainError:
        raise Invalid("shares_of_another_archive") from None


def _roots() -> Roots:
    return roots_of(settings.YIDANG.home)


def _secret(roots: Roots, root: Root) -> bytes:
    secret = roots.service(root.number).secret()
    if secret is None:
        raise Conflict("root_key_not_extractable")
    return secret


def _made(path: Path, place: str, passphrase: str) -> KeyService:
    if place.startswith(PKCS11):
        from yidang.crypto.adapters.pkcs11 import Token

        token = Token(place)
        token.create()
        return token
    if place not in {FILE, SEALED}:
        raise Invalid("root_key_place", given=place)
    secret = secrets.token_bytes(ROOT_KEY)
    _lay_down(path, place, secret, passphrase)
    return KeyFile(path, may_create=False) if place == FILE else SoftRoot(secret)


def _lay_down(path: Path, place: str, secret: bytes, passphrase: str) -> None:
    if place == SEALED:
        write_sealed_file(path, secret, passphrase)
    else:
        write_key_file(path, secret)  # one that an attempt cut off left here serves as well


def _retired(roots: Roots, root: Root, under: int, fresh: KeyService) -> str:
    """A device keeps its own; every other former root key goes under the new one."""
    secret = roots.service(root.number).secret()
    if secret is None:
        return root.kept
    roots.retire(root.number, secret, under=under, service=fresh)
    return f"{UNDER}{under}"
