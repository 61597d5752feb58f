"""What is asked of the store for one version of one object, and what it answers."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from yidang.preservation.sealing import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class NewVersion:
    """`content` is new, `carry` names what stays as it was in the version before; all else is absent from it.

    `decisive`: the names whose plaintext must be equal for a version that exists already to be taken as this one,
    written by an attempt that was cut short; None means all. `actor` and `action` are opaque, never a person's name.
    """

    object_id: UUID
    number: int
    content: Mapping[str, Source]
    created: datetime
    actor: str
    action: str
    carry: Collection[str] = ()
    decisive: Collection[str] | None = None


@dataclass(frozen=True, slots=True)
class VersionReceipt:
    object_id: UUID
    number: int
    inventory_sha512: str
    sizes: Mapping[str, int]  # logical name → plaintext bytes, of the content this version added
    stored_bytes: int
    is_adopted: bool = False
