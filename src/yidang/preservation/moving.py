"""Moving an object to another place: at every moment it is whole in one of the two, and a reader finds it.

1. The move is written down.
2. Its keys are wrapped in the target's ring: the same keys, since the sealed bytes and with them the digests that the
   ledger holds must not change.
3. Its files are copied, the object's own inventory last.
4. The table says: it stands in the target. From here on that is where it counts.
5. Its keys are deleted from the source's ring, then its files.

Killed anywhere, `finish_moves` does the rest: before step 4 the move begins anew, after it the source is cleared.
"""

import hashlib
from uuid import UUID

from yidang.crypto.keyring import MAIN
from yidang.kernel.errors import Invalid
from yidang.preservation.inventory import INVENTORY, SIDECAR
from yidang.preservation.layout import object_prefix
from yidang.preservation.places import Place, place, placement
from yidang.preservation.ports import ObjectStore
from yidang.preservation.sealing import key_id

_PIECE = 1024 * 1024
_LAST = (SIDECAR, INVENTORY)


def move(object_id: UUID, target: str) -> bool:
    """False when it stands there already. An object not yet written is only destined."""
    source = placement().of([object_id]).get(object_id, MAIN)
    if source == target:
        return False
    placement().begin_move(object_id, source, target)
    _carry_out(object_id, place(source), place(target))
    return True


def finish_moves() -> int:
    """At start and from time to time, while nobody else moves: what a kill cut short."""
    begun = placement().moves()
    for object_id, source, target in begun:
        _carry_out(object_id, place(source), place(target))
    return len(begun)


def _carry_out(object_id: UUID, source: Place, target: Place) -> None:
    if placement().of([object_id]).get(object_id, MAIN) != target.name:
        _carry_keys(object_id, source, target)
        _copy(object_id, source.store, target.store)
        _point_to(object_id, target.name)
    source.keys.delete(_keys(object_id, source))
    source.store.delete_prefix(object_prefix(object_id))
    placement().end_move(object_id)


def _point_to(object_id: UUID, name: str) -> None:
    if name == MAIN:
        placement().remove([object_id])
    else:
        placement().put([object_id], name)


def _carry_keys(object_id: UUID, source: Place, target: Place) -> None:
    target.keys.take(source.keys.keys(_keys(object_id, source)))


def _keys(object_id: UUID, source: Place) -> list[str]:
    """Those of the versions that stand, and of one a filing cut short may have begun."""
    return source.keys.ids_below(key_id(object_id, 0)[:-1])


def _copy(object_id: UUID, source: ObjectStore, target: ObjectStore) -> None:
    prefix = object_prefix(object_id)
    files = list(source.walk(prefix))
    last = [prefix + name for name in _LAST if prefix + name in files]
    for key in [*(key for key in files if key not in last), *last]:
        with source.open(key) as content:
            target.put(key, content)
    for key in set(target.walk(prefix)) - set(files):  # of an attempt that was cut short before another version came
        target.delete(key)
    for key in files:
        if _digest(source, key) != _digest(target, key):
            raise Invalid("object_copy_differs", object_id=str(object_id))


def _digest(store: ObjectStore, key: str) -> bytes:
    digest = hashlib.sha512()
    with store.open(key) as content:
        while piece := content.read(_PIECE):
            digest.update(piece)
    return digest.digest()
