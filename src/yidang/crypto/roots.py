"""The root keys of a data folder: where each is kept, how it is opened, and the register that says which counts.

home/keys/root.key · root.sealed      root key 1, in clear (mode 600) or under a passphrase
home/keys/root-<n>.key · .sealed      later ones
home/keys/retired-<n>-under-<m>       a former root key, sealed under a later one
home/keys/register.json               the register, a line feed, its HMAC-SM3 in hex
"""

import hmac
import os
import threading
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
RETIRED = "retired-"
_MAC_LABEL = b"key-register/v1"
_ARCHIVE_LABEL = b"retired-root/sm4/v1"
_Stamp = tuple[int, int, int]


class Roots:
    def __init__(self, home: Path, *, may_create: bool) -> None:
        self.folder = home / "keys"
        self._may_create = may_create
        self._register_file = str(self.folder / "register.json")  # looked at before every seal
        self._known: tuple[_Stamp | None, Register] | None = None
        self._lock = threading.RLock()
        self._services: dict[int, KeyService] = {}  # a root key never changes, wherever it is moved to

    def register(self) -> Register:
        """Read again whenever the file was replaced. Raises Invalid `key_register_damaged`."""
        stamp = _stamp(self._register_file)
        known = self._known
        if known is not None and known[0] == stamp:
            return known[1]
        with self._lock:
            found = self._read() if stamp else Register(roots=(Root(FIRST, self._first_kept()),))
            self._known = stamp, found
        return found

    def service(self, number: int) -> KeyService:
        """Raises Unavailable `root_key_missing`, `root_key_damaged`, `root_passphrase_…`, `root_token_…`."""
        if number not in self._services:
            register = self.register()
            known = {root.number: root for root in register.roots}
            if number not in known:
                raise Unavailable("root_key_missing", retryable=False, path=str(self.path(number, FILE)))
            with self._lock:
                self._services[number] = self._opened(known[number], register)
        return self._services[number]

    def write(self, register: Register, *, by: KeyService | None = None) -> None:
        """From this instant the new register counts, in every process. `by`: a root key in force only from now on."""
        make_private_folder(self.folder)
        body = registers.encode(register)
        mac = _mac(by or self.service(register.root.number), body)
        replace_durably(self.folder / "register.json", body + b"\n" + mac + b"\n")

    def is_new(self) -> bool:
        """Nothing is sealed yet and no root key was made."""
        return self._may_create and not self.has_register() and not any(self.folder.glob("root*"))

    def has_register(self) -> bool:
        return (self.folder / "register.json").exists()

    def is_vouched_for_by(self, root: KeyService) -> bool:
        """Whether the register was written under this root key."""
        body, mac = self._parts()
        return hmac.compare_digest(_mac(root, body), mac)

    def unproved(self) -> Register:
        """What the register says, taken on trust: to find the place of a root key that is lost."""
        return registers.decode(self._parts()[0]) if self.has_register() else Register()

    def path(self, number: int, kept: str) -> Path:
        name = "root" if number == FIRST else f"root-{number}"
        return self.folder / f"{name}.{'key' if kept == FILE else 'sealed'}"

    def retire(self, number: int, secret: bytes, *, under: int, service: KeyService) -> None:
        """Lays a former root key down, sealed under the new one, before the new one counts."""
        sealed = seal(secret, key=service.derive(_ARCHIVE_LABEL, 16), context=_archived(number))
        make_private_folder(self.folder)
        replace_durably(self._retired(number, under), sealed)

    def tidy(self) -> None:
        """Empties the places that a finished change left behind."""
        register = self.register()
        if not register.serial:
            return
        wanted = {self._place(root) for root in register.roots}
        for path in [
            *self.folder.glob("root*.key"),
            *self.folder.glob("root*.sealed"),
            *self.folder.glob(f"{RETIRED}*"),
        ]:
            if path not in wanted:
                path.unlink(missing_ok=True)

    def _opened(self, root: Root, register: Register) -> KeyService:
        if root.kept == FILE:
            return KeyFile(self._place(root), may_create=self._may_create and not register.serial)
        if root.kept == SEALED:
            return SealedFile(self._place(root), passphrases.passphrase())
        if root.kept.startswith(PKCS11):
            from yidang.crypto.adapters.pkcs11 import Token

            return Token(root.kept)
        return self._opened_retired(root)

    def _opened_retired(self, root: Root) -> KeyService:
        key = self.service(int(root.kept.removeprefix(UNDER))).derive(_ARCHIVE_LABEL, 16)
        path = self._place(root)
        try:
            return SoftRoot(unseal(path.read_bytes(), key=key, context=_archived(root.number)))
        except (OSError, Invalid):
            raise Unavailable("root_key_damaged", retryable=False, path=str(path)) from None

    def _place(self, root: Root) -> Path:
        if root.kept.startswith(UNDER):
            return self._retired(root.number, int(root.kept.removeprefix(UNDER)))
        return self.path(root.number, root.kept)

    def _retired(self, number: int, under: int) -> Path:
        return self.folder / f"{RETIRED}{number}-under-{under}"

    def _first_kept(self) -> str:
        plain, sealed = self.path(FIRST, FILE), self.path(FIRST, SEALED)
        return SEALED if sealed.exists() and not plain.exists() else FILE

    def _read(self) -> Register:
        body, mac = self._parts()
        found = registers.decode(body)
        service = self._services.get(found.root.number) or self._opened(found.root, found)
        if not hmac.compare_digest(_mac(service, body), mac):
            raise Invalid("key_register_damaged")
        self._services[found.root.number] = service
        return found

    def _parts(self) -> tuple[bytes, bytes]:
        body, _, mac = (self.folder / "register.json").read_bytes().rstrip(b"\n").rpartition(b"\n")
        return body, mac


def _mac(root: KeyService, body: bytes) -> bytes:
    return hmac_sm3(root.derive(_MAC_LABEL, 32), body).hex().encode()


def _archived(number: int) -> bytes:
    return f"retired-root/{number}".encode()


def _stamp(path: str) -> _Stamp | None:
    try:
        found = os.stat(path)  # noqa: PTH116 - three times as fast as a Path
    except FileNotFoundError:
        return None
    return found.st_mtime_ns, found.st_ino, found.st_size
