"""Which root key is in force, and which version of each family of derived keys seals anew.

The register lies in the clear at `home/keys/register.json`, with an HMAC-SM3 under the root key in force, so that it
can be read before any key is opened and cannot be turned back by an editor. Without a file, everything is version 1
under root key 1. A version never changes its root key; a new root key brings new versions.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Self

from yidang.kernel.errors import Invalid

FAMILIES = ("wrap", "wrap-sensitive", "field", "cache", "ledger-signing", "credit")
COMPARED = ("index", "search")  # compared and never opened: turned with a new root key, or when asked for by name
EVERY = (*FAMILIES, *COMPARED)
INDEXED = frozenset({"name", "id_number", "phone", "document_number"})  # kinds of blind index that are made anew
DIGESTS = "digest"  # what else is compared and never opened, and uploads soon filed: under the first root key
FIRST = 1


@dataclass(frozen=True, slots=True)
class Root:
    """`kept`: `file`, `sealed`, `under:<number>` (retired, sealed under a later one) or `pkcs11:…`."""

    number: int
    kept: str
    made_at: str = ""


@dataclass(frozen=True, slots=True)
class KeyVersion:
    number: int
    root: int = FIRST
    made_at: str = ""


@dataclass(frozen=True)
class Register:
    serial: int = 0
    roots: tuple[Root, ...] = (Root(FIRST, "file"),)
    families: Mapping[str, tuple[KeyVersion, ...]] = field(default_factory=dict)

    @property
    def root(self) -> Root:
        return self.roots[-1]

    def versions(self, family: str) -> tuple[KeyVersion, ...]:
        """Oldest first; the last one seals anew."""
        return self.families.get(family) or (KeyVersion(FIRST),)

    def current(self, family: str) -> int:
        return self.versions(family)[-1].number

    def root_of(self, family: str, version: int) -> int:
        """Raises Invalid `key_version_unknown`: a register older than what it is to open, or one retired too early."""
        if family == DIGESTS:
            return self.versions(DIGESTS)[-1].root
        for one in self.versions(family):
            if one.number == version:
                return one.root
        raise Invalid("key_version_unknown", family=family, version=version)

    def with_version(self, family: str, *, made_at: str) -> Self:
        """The next version of a family, under the root key in force."""
        fresh = KeyVersion(self.current(family) + 1, self.root.number, made_at)
        return self._with(families={**self.families, family: (*self.versions(family), fresh)})

    def without_old(self, family: str) -> Self:
        return self._with(families={**self.families, family: self.versions(family)[-1:]})

    def with_root(self, kept: str, *, retired: Mapping[int, str], made_at: str) -> Self:
        """A new root key in force; the former ones are kept as `retired` says for as long as anything needs them."""
        former = tuple(replace(root, kept=retired[root.number]) for root in self.roots)
        return self._with(roots=(*former, Root(self.root.number + 1, kept, made_at)))

    def keeping_root(self, kept: str) -> Self:
        return self._with(roots=(*self.roots[:-1], replace(self.root, kept=kept)))

    def needed_roots(self) -> set[int]:
        families = {one.root for name in (*EVERY, DIGESTS) for one in self.versions(name)}
        return families | {self.root.number}

    def without_unneeded_roots(self) -> Self:
        needed = self.needed_roots()
        return self._with(roots=tuple(one for one in self.roots if one.number in needed))

    def _with(self, **changes: Any) -> Self:
        return replace(self, serial=self.serial + 1, **changes)


def family_of(purpose: str) -> str:
    head, _, kind = purpose.partition("/")
    if head == "index":
        return head if kind in INDEXED else DIGESTS
    return head if head in EVERY else DIGESTS


def encode(register: Register) -> bytes:
    families = {name: [asdict(one) for one in versions] for name, versions in register.families.items()}
    body = {"serial": register.serial, "roots": [asdict(root) for root in register.roots], "families": families}
    return json.dumps(body, sort_keys=True, separators=(",", ":")).encode()


def decode(text: bytes) -> Register:
    """Raises Invalid `key_register_damaged`."""
    try:
        body = json.loads(text)
        roots = tuple(Root(**one) for one in body["roots"])
        families = {name: tuple(KeyVersion(**one) for one in some) for name, some in body["families"].items()}
        return Register(int(body["serial"]), roots, families)
    except (ValueError, TypeError, KeyError):
        raise Invalid("key_register_damaged") from None
