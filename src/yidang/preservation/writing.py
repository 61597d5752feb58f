"""Writing versions: keys first, then everything else, then the moment in which it counts."""

import secrets
from collections.abc import Mapping, Sequence
from hashlib import sha512
from uuid import UUID

from yidang.crypto.keyring import MAIN
from yidang.kernel.errors import Conflict, Invalid
from yidang.preservation import inventory as inventories
from yidang.preservation.adoption import adopt
from yidang.preservation.inventory import (
    INVENTORY,
    OBJECT_NAMASTE,
    OBJECT_NAMASTE_CONTENT,
    SIDECAR,
    Inventory,
    Version,
)
from yidang.preservation.layout import object_prefix, ocfl_id
from yidang.preservation.places import Place, names_of, place
from yidang.preservation.ports import Batch, Draft, ObjectStore
from yidang.preservation.reading import inventory_of
from yidang.preservation.sealing import Sealed, key_id, seal_into
from yidang.preservation.versions import NewVersion, VersionReceipt


def write_objects(batch: Sequence[NewVersion]) -> list[VersionReceipt]:
    """Every version is wholly there and durable when this returns; a repeated call adopts what it finds.

    Raises:
        Conflict: `version_differs` when another content stands there, `version_gap` when the one before is missing.
        Unavailable: `store_full`, `store_read_only`, `store_unreachable`; what was published before stays.
    """
    names = names_of([new.object_id for new in batch])
    if len(set(names.values())) <= 1:
        return _write_in(place(next(iter(names.values()), MAIN)), batch)
    receipts: dict[tuple[UUID, int], VersionReceipt] = {}
    for name in dict.fromkeys(names.values()):
        here = [new for new in batch if names[new.object_id] == name]
        receipts |= {(one.object_id, one.number): one for one in _write_in(place(name), here)}
    return [receipts[new.object_id, new.number] for new in batch]


def _write_in(where: Place, batch: Sequence[NewVersion]) -> list[VersionReceipt]:
    store = where.store
    bases = [_base(store, version) for version in batch]
    keys = where.keys.new_keys([key_id(new.object_id, new.number) for new in batch if new.content])
    with store.batch() as writing:
        written = [
            _write(writing, new, base, keys.get(key_id(new.object_id, new.number), b""))
            for new, base in zip(batch, bases, strict=True)
            if base is not None
        ]
        outcomes = iter(zip(written, writing.publish(), strict=True))
    return [
        _settle(where, new, None if base is None else next(outcomes)) for new, base in zip(batch, bases, strict=True)
    ]


def _base(store: ObjectStore, new: NewVersion) -> Inventory | None:
    """What the version builds on; None when it stands in the store already."""
    _check(new)
    if new.number == 1:
        first = inventories.empty(ocfl_id(new.object_id))
        return None if store.exists(object_prefix(new.object_id) + INVENTORY) else first
    base = inventory_of(store, new.object_id)
    if base.head >= new.number:
        return None
    if base.head + 1 < new.number:
        raise Conflict("version_gap", version=new.number, head=base.head)
    return base


def _check(new: NewVersion) -> None:
    if not new.content and not new.carry:
        raise Invalid("version_empty")
    if new.number < 1 or (new.number == 1 and new.carry) or set(new.carry) & set(new.content):
        raise Invalid("version_malformed")


def _write(writing: Batch, new: NewVersion, base: Inventory, key: bytes) -> VersionReceipt:
    folder = f"v{new.number}"
    draft = writing.draft(object_prefix(new.object_id), claim=f"{folder}/{INVENTORY}")
    attempt = secrets.token_hex(4)  # of two attempts at one version, neither writes over the other's content
    sealed = {
        name: seal_into(draft, f"{folder}/content/{attempt}-{place}", source, key=key, object_id=new.object_id)
        for place, (name, source) in enumerate(new.content.items())
    }
    encoded = _extended(new, base, sealed).encode()
    _write_control(draft, folder, encoded)
    return VersionReceipt(
        object_id=new.object_id,
        number=new.number,
        inventory_sha512=sha512(encoded).hexdigest(),
        sizes={name: file.size for name, file in sealed.items()},
        stored_bytes=sum(file.stored for file in sealed.values()) + 2 * len(encoded),
    )


def _extended(new: NewVersion, base: Inventory, sealed: Mapping[str, Sealed]) -> Inventory:
    state = {name: file.digest for name, file in sealed.items()}
    former = base.state() if new.carry else {}
    for name in new.carry:
        if name not in former:
            raise Invalid("version_malformed", name=name)
        state[name] = former[name]
    version = Version(created=new.created, message=new.action, actor=new.actor, state=state)
    return base.with_version(version, {file.digest: file.path for file in sealed.values()})


def _write_control(draft: Draft, folder: str, encoded: bytes) -> None:
    """The object's own inventory comes last: where there is no rename, that is the moment it counts."""
    mark = inventories.sidecar(encoded)
    draft.control(f"{folder}/{INVENTORY}", encoded)
    draft.control(f"{folder}/{SIDECAR}", mark)
    if folder == "v1":
        draft.control(OBJECT_NAMASTE, OBJECT_NAMASTE_CONTENT)
    draft.control(SIDECAR, mark)
    draft.control(INVENTORY, encoded)


def _settle(where: Place, new: NewVersion, outcome: tuple[VersionReceipt, bool] | None) -> VersionReceipt:
    if outcome is not None and outcome[1]:
        return outcome[0]
    return adopt(where.store, where.keys, new)
