"""Objects out of the deposit and back into a store: all of them into an empty one, or a damaged one's files."""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from yidang.kernel.errors import DomainError, Invalid, NotFound
from yidang.preservation.copies.deposit import Deposit
from yidang.preservation.copies.manifest import Entry, Run, read_list
from yidang.preservation.copies.packs import PackReader, Piece, Placed
from yidang.preservation.copies.store_copy import Progress, silent
from yidang.preservation.inventory import INVENTORY, OBJECT_NAMASTE, OBJECT_NAMASTE_CONTENT, SIDECAR, sidecar
from yidang.preservation.layout import object_prefix
from yidang.preservation.ports import Draft, ObjectStore

_LARGE = 16 * 1024 * 1024
Head = Callable[[UUID], int]  # the newest version that belongs to the moment; 0 for an object that does not
_Wanted = dict[int, dict[str, set[UUID]]]  # version → pack → objects


@dataclass
class Returned:
    objects: int = 0
    versions: int = 0
    bytes: int = 0
    problems: list[Mapping[str, Any]] = field(default_factory=list)


def return_store(
    deposit: Deposit,
    run: Run,
    place: str,
    store: ObjectStore,
    *,
    head: Head | None = None,
    progress: Progress = silent,
) -> Returned:
    """Writes every object the run has of a place, up to the versions `head` allows. May be repeated after a kill."""
    returned = Returned()
    for number, packs in sorted(_wanted(deposit, lists_of(run, place), head, returned).items()):
        for name, objects in packs.items():
            _return_pack(deposit, store, name, number, objects, returned)
            progress("store", returned.versions, run.versions)
    return returned


def lists_of(run: Run, place: str) -> list[str]:
    return [name for path, name in run.lists.items() if path.startswith(f"{place}/")]


def _wanted(deposit: Deposit, lists: list[str], head: Head | None, returned: Returned) -> _Wanted:
    wanted: _Wanted = defaultdict(lambda: defaultdict(set))
    for name in lists:
        try:
            entries = read_list(deposit, name)
        except (Invalid, NotFound) as problem:
            returned.problems.append(_problem(problem.code, name))
            continue
        for object_id, entry in entries.items():
            last = entry.head if head is None else min(head(object_id), entry.head)
            returned.objects += last > 0
            for number, pack in enumerate(entry.packs[:last], start=1):
                wanted[number][pack].add(object_id)
    return wanted


def _return_pack(  # noqa: PLR0917 - private, called once
    deposit: Deposit, store: ObjectStore, name: str, number: int, objects: set[UUID], returned: Returned
) -> None:
    try:
        with PackReader(deposit, name) as pack, store.batch() as batch:
            pieces = [one for one in pack.pieces if one.number == number and one.object_id in objects]
            for piece in pieces:
                prefix = object_prefix(piece.object_id)
                if store.exists(f"{prefix}v{number}/{INVENTORY}"):
                    continue  # an attempt cut short has brought it back
                _write(batch.draft(prefix, claim=f"v{number}/{INVENTORY}"), pack, piece, returned)
            batch.publish()
            returned.versions += len(pieces)
            for missing in objects - {one.object_id for one in pieces}:
                returned.problems.append(_problem("copy_object_missing", name, missing))
    except DomainError as problem:
        returned.problems += [_problem(problem.code, name, one) for one in sorted(objects)]


def _write(draft: Draft, pack: PackReader, piece: Piece, returned: Returned) -> None:
    """A damaged file is written as it is found, and named: the rest of its object is good."""
    digests = piece.digests()
    for placed in piece.files:
        if _write_file(draft, pack, placed) != digests[placed.path]:
            returned.problems.append(_problem("copy_damaged", f"{pack.name} {placed.path}", piece.object_id))
        returned.bytes += placed.length
    for path, content in controls(piece):
        draft.control(path, content)


def _write_file(draft: Draft, pack: PackReader, placed: Placed) -> str:
    if placed.length <= _LARGE:
        content = pack.content(placed)
        draft.content(placed.path, content)
        return hashlib.sha512(content).hexdigest()
    digest = hashlib.sha512()
    with draft.sink(placed.path) as sink:
        for some in pack.pieces_of(placed):
            digest.update(some)
            sink.write(some)
    return digest.hexdigest()


def controls(piece: Piece) -> Iterator[tuple[str, bytes]]:
    """What follows from the inventory; the object's own inventory last."""
    mark = sidecar(piece.inventory)
    yield f"v{piece.number}/{INVENTORY}", piece.inventory
    yield f"v{piece.number}/{SIDECAR}", mark
    if piece.number == 1:
        yield OBJECT_NAMASTE, OBJECT_NAMASTE_CONTENT
    yield SIDECAR, mark
    yield INVENTORY, piece.inventory


def entry_of(deposit: Deposit, run: Run, object_id: UUID) -> Entry | None:
    fan = object_prefix(object_id)[:2]
    for path, name in run.lists.items():
        if path.endswith(f"/{fan}") and (found := read_list(deposit, name).get(object_id)):
            return found
    return None


def heal_object(deposit: Deposit, run: Run, store: ObjectStore, object_id: UUID) -> list[str]:
    """Puts every file of the object that is not as the copy has it back in its place; their paths.

    Raises NotFound `copy_object_missing`, Invalid `content_damaged` when the copy is no better.
    """
    entry = entry_of(deposit, run, object_id)
    if entry is None:
        raise NotFound("copy_object_missing", object_id=str(object_id))
    prefix, healed, last = object_prefix(object_id), list[str](), dict[str, bytes]()
    for number, name in enumerate(entry.packs, start=1):
        with PackReader(deposit, name) as pack:
            piece = next(one for one in pack.pieces if (one.object_id, one.number) == (object_id, number))
            for path, content in _contents(pack, piece):
                healed += _put_right(store, prefix + path, content)
            last |= dict(controls(piece))
    if _is_behind(store, prefix, entry.head):
        last = {path: content for path, content in last.items() if "/" in path or path == OBJECT_NAMASTE}
    for path, content in last.items():
        healed += _put_right(store, prefix + path, content)
    return healed


def _is_behind(store: ObjectStore, prefix: str, head: int) -> bool:
    """The store has newer versions than the copy: its own inventory is not the copy's to put back."""
    return store.exists(f"{prefix}v{head + 1}/{INVENTORY}")


def _contents(pack: PackReader, piece: Piece) -> Iterator[tuple[str, bytes]]:
    digests = piece.digests()
    for placed in piece.files:
        content = pack.content(placed)
        if hashlib.sha512(content).hexdigest() != digests[placed.path]:
            raise Invalid("content_damaged", path=placed.path)
        yield placed.path, content


def _put_right(store: ObjectStore, key: str, content: bytes) -> list[str]:
    try:
        with store.open(key) as source:
            if source.read() == content:
                return []
    except NotFound:
        pass
    store.put(key, content)
    return [key]


def inventory_digests(deposit: Deposit, run: Run) -> Iterator[tuple[UUID, int]]:
    """Every object of the run and its head."""
    for name in run.lists.values():
        for object_id, entry in read_list(deposit, name).items():
            yield object_id, entry.head


def _problem(code: str, path: str, object_id: UUID | None = None) -> dict[str, Any]:
    return {"code": code, "path": path, "object_id": str(object_id or "")}
