"""The root keys of a data folder: where each is kept, how it is opened, and the register that says which counts.

home/keys/root.key · root.sealed      root key 1, in clear (mode 600) or under a passphrase
home/keys/root-<n>.key · .sealed      later ones
home/keys/retired-<n>                 a former root key, sealed under the one named in the register
home/keys/register.json               the register, a line feed, its HMAC-SM3 in hex
"""

import hmac
import threading
from contextlib import suppress
from functools import cache
from pathlib import Path

from yidang.crypto import passphrases
from yidang.crypto import register as registers
from yidang.crypto.adapters.key_file import KeyFile, SoftRoot
from yidang.crypto.adapters.sealed_file import SealedFile
from yidang.crypto.durable import make_private_folder, replace_durably
from yidang.crypto.envelope import seal, unseal
from yidang.crypto.ports import KeyService
from yidang.crypto.register import FIRST, Register, Root
from yidang.crypto.sm import hmac_sm3
from yidang.kernel.errors import Invalid, Unavailable

FILE, SEALED, UNDER, PKCS11 = "file", "sealed", "under:", "pkcs11:"
_MAC_LABEL = b"key-register/v1"
_ARCHIVE_LABEL = b"retired-root/sm4/v1"
_Stamp = tuple[int, int, int]


class Roots:
    def __init__(self, home: Path, *, may_create: bool) -> None:
        self.folder = home / "keys"
        self._may_create = may_create
        self._known: tuple[_Stamp | None, Register] | None = None
        self._lock = threading.RLock()
        self.service = cache(self._service)  # by number: a root key never changes

    def register(self) -> Register:
        """Read again whenever the file was replaced. Raises Invalid `key_register_damaged`."""
        stamp = _stamp(self.folder / "register.json")
        known = self._known
        if known is not None and known[0] == stamp:
            return known[1]
        with self._lock:
            found = self._read() if stamp else Register(roots=(Root(FIRST, self._first_kept()),))
            self._known = stamp, found
        return found

    def write(self, register: Register) -> None:
        """From this instant the new register counts, in every process."""
        make_private_folder(self.folder)
        body = registers.encode(register)
        mac = hmac_sm3(self._opened(register.root, register).derive(_MAC_LABEL, 32), body)
        replace_durably(self.folder / "register.json", body + b"\n" + mac.hex().encode() + b"\n")

    def path(self, number: int, kept: str) -> Path:
        name = "root" if number == FIRST else f"root-{number}"
        return self.folder / f"{name}.{'key' if kept == FILE else 'sealed'}"

    def retire(self, number: int, secret: bytes, *, under: KeyService) -> None:
        """Lays a former root key down, sealed under the new one, before the new one counts."""
        sealed = seal(secret, key=under.derive(_ARCHIVE_LABEL, 16), context=f"retired-root/{number}".encode())
        replace_durably(self.folder / f"retired-{number}", sealed)

    def discard(self, root: Root) -> None:
        """The files of a root key that nothing needs any more."""
        for path in (self.path(root.number, FILE), self.path(root.number, SEALED), self._retired(root.number)):
            path.unlink(missing_ok=True)
        self.service.cache_clear()

    def opened(self, number: int, kept: str) -> KeyService:
        """A root key that the register does not know yet."""
        return self._opened(Root(number, kept), self.register())

    def _service(self, number: int) -> KeyService:
        with self._lock:
            register = self.register()
            for root in register.roots:
                if root.number == number:
                    return self._opened(root, register)
        raise Unavailable("root_key_missing", retryable=False, path=str(self.path(number, FILE)))

    def _opened(self, root: Root, register: Register) -> KeyService:
        if root.kept == FILE:
            path = self.path(root.number, FILE)
            return KeyFile(path, may_create=self._may_create and root.number == FIRST and not register.serial)
        if root.kept == SEALED:
            return SealedFile(self.path(root.number, SEALED), passphrases.passphrase())
        if root.kept.startswith(PKCS11):
            from yidang.crypto.adapters.pkcs11 import Token

            return Token(root.kept)
        return self._opened_retired(root)

    def _opened_retired(self, root: Root) -> KeyService:
        above = self.service(int(root.kept.removeprefix(UNDER)))
        key, context = above.derive(_ARCHIVE_LABEL, 16), f"retired-root/{root.number}".encode()
        try:
            return SoftRoot(unseal(self._retired(root.number).read_bytes(), key=key, context=context))
        except (OSError, Invalid):
            raise Unavailable("root_key_damaged", retryable=False, path=str(self._retired(root.number))) from None

    def _retired(self, number: int) -> Path:
        return self.folder / f"retired-{number}"

    def _first_kept(self) -> str:
        plain, sealed = self.path(FIRST, FILE), self.path(FIRST, SEALED)
        return SEALED if sealed.exists() and not plain.exists() else FILE

    def _read(self) -> Register:
        body, _, digits = (self.folder / "register.json").read_bytes().rstrip(b"\n").rpartition(b"\n")
        found = registers.decode(body)
        mac = hmac_sm3(self._opened(found.root, found).derive(_MAC_LABEL, 32), body).hex().encode()
        if not hmac.compare_digest(mac, digits):
            raise Invalid("key_register_damaged")
        return found


def _stamp(path: Path) -> _Stamp | None:
    with suppress(FileNotFoundError):
        found = path.stat()
        return found.st_mtime_ns, found.st_ino, found.st_size
    return None
