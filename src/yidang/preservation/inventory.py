"""The OCFL inventory of one object, as this archive writes it: SHA-512, names opaque, no zero padding."""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, TypeGuard

from yidang.kernel.errors import Invalid

TYPE = "https://ocfl.io/1.1/spec/#inventory"
OBJECT_NAMASTE = "0=ocfl_object_1.1"
OBJECT_NAMASTE_CONTENT = b"ocfl_object_1.1\n"
INVENTORY = "inventory.json"
SIDECAR = "inventory.json.sha512"
_VERSION_OF_PATH = re.compile(r"v([1-9][0-9]*)/content/[^/]+")

Digests = Mapping[str, str]  # logical name → SHA-512 hex of the stored bytes


@dataclass(frozen=True, slots=True)
class Version:
    created: datetime
    message: str
    actor: str
    state: Digests


@dataclass(frozen=True, slots=True)
class Inventory:
    id: str
    manifest: Mapping[str, str]  # SHA-512 hex → content path
    versions: tuple[Version, ...]  # of v1, v2, …

    @property
    def head(self) -> int:
        return len(self.versions)

    def with_version(self, version: Version, added: Mapping[str, str]) -> "Inventory":
        return replace(self, manifest={**self.manifest, **added}, versions=(*self.versions, version))

    def state(self, number: int | None = None) -> Digests:
        """Raises KeyError when there is no such version."""
        number = number or self.head
        if not 1 <= number <= self.head:
            raise KeyError(number)
        return self.versions[number - 1].state

    def encode(self) -> bytes:
        document = {
            "digestAlgorithm": "sha512",
            "head": f"v{self.head}",
            "id": self.id,
            "manifest": {digest: [path] for digest, path in self.manifest.items()},
            "type": TYPE,
            "versions": {f"v{number}": _encode(version) for number, version in enumerate(self.versions, 1)},
        }
        return json.dumps(document, separators=(",", ":")).encode()


def empty(object_id: str) -> Inventory:
    return Inventory(id=object_id, manifest={}, versions=())


def sidecar(inventory: bytes) -> bytes:
    return f"{hashlib.sha512(inventory).hexdigest()} {INVENTORY}\n".encode()


def version_of_path(path: str) -> int:
    """`v2/content/…` was added by version 2."""
    match = _VERSION_OF_PATH.fullmatch(path)
    if match is None:
        raise Invalid("inventory_damaged")
    return int(match[1])


def decode(data: bytes) -> Inventory:
    """Raises Invalid `inventory_damaged` on anything this room would not have written."""
    try:
        return _decode(json.loads(data))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise Invalid("inventory_damaged") from None


def _encode(version: Version) -> dict[str, Any]:
    state: dict[str, list[str]] = {}
    for name, digest in version.state.items():
        state.setdefault(digest, []).append(name)
    return {
        "created": version.created.astimezone(UTC).isoformat().replace("+00:00", "Z"),
        "message": version.message,
        "state": state,
        "user": {"name": version.actor, "address": f"urn:yidang:{version.actor}"},
    }


def _decode(document: dict[str, Any]) -> Inventory:
    versions = document["versions"]
    numbered = tuple(_decode_version(versions[f"v{number}"]) for number in range(1, len(versions) + 1))
    manifest = {digest: path for digest, (path,) in document["manifest"].items()}
    if not numbered or document["head"] != f"v{len(numbered)}" or not _are_texts(manifest):
        raise ValueError(document["head"])
    for path in manifest.values():
        version_of_path(path)
    return Inventory(id=str(document["id"]), manifest=manifest, versions=numbered)


def _decode_version(found: dict[str, Any]) -> Version:
    state = {name: digest for digest, names in found["state"].items() for name in names}
    if not _are_texts(state):
        raise ValueError(state)
    return Version(
        created=datetime.fromisoformat(found["created"]),
        message=str(found["message"]),
        actor=str(found["user"]["name"]),
        state=state,
    )


def _are_texts(found: dict[Any, Any]) -> TypeGuard[dict[str, str]]:
    return all(isinstance(key, str) and isinstance(value, str) for key, value in found.items())
