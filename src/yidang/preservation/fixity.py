"""The whole store against keyring and memory, spread over the cores."""

import os
from collections.abc import Collection, Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from itertools import islice
from multiprocessing import get_context
from uuid import UUID

from yidang.crypto.keyring import MAIN
from yidang.kernel.difference import Difference, difference
from yidang.preservation.fixity_object import ObjectCheck, Remembered, wrong
from yidang.preservation.layout import ROOT_FILES, object_of_folder, object_prefix
from yidang.preservation.places import NAMES, Place, Spec, opened, place_of, placement, places, spec
from yidang.preservation.ports import ObjectStore
from yidang.preservation.reading import object_ids_in

_PER_TASK = 64
_WORTH_PROCESSES = 256  # objects; below, starting them costs more than they save

Expected = Mapping[UUID, Remembered]


def verify_object(object_id: UUID, remembered: Remembered | None = None) -> list[Difference]:
    """`remembered`: version → SHA-512 of its inventory, as ledger or catalogue have it; None when nobody remembers."""
    where = place_of(object_id)
    return list(ObjectCheck(where.store, where.keys, object_id, remembered).run())


def verify_all(
    expected: Expected | None = None, *, pending: Collection[UUID] = (), processes: int | None = None
) -> Iterator[Difference]:
    """Everything in the store and the keyring; streamed, object by object.

    `expected` holds every object that ought to be there. `pending` are being filed just now: their being there or not
    is no difference. Without `expected`, a key whose version is nowhere tells of a removed object.
    """
    elsewhere = {name: placement().standing_in(name) for name in NAMES if name != MAIN}
    moving = {one for one, _, _ in placement().moves()}
    for where in places():
        yield from _verify_place(where, _expected_in(where.name, expected, elsewhere), {*pending, *moving}, processes)


def _expected_in(name: str, expected: Expected | None, elsewhere: Mapping[str, set[UUID]]) -> Expected | None:
    if expected is None:
        return None
    if name != MAIN:
        return {one: expected[one] for one in elsewhere[name] & expected.keys()}
    away: set[UUID] = set().union(*elsewhere.values())
    return {one: memory for one, memory in expected.items() if one not in away} if away else expected


def _verify_place(
    where: Place, expected: Expected | None, pending: Collection[UUID], processes: int | None
) -> Iterator[Difference]:
    store = where.store
    yield from _check_root_files(store)
    present = set(object_ids_in(store))
    yield from _check_strays(store)
    yield from _check_presence(present, expected, pending)
    damaged = [difference("keyring_damaged", object_id="", path="", problem=one) for one in where.keys.problems()]
    yield from damaged or _check_keys(where, present, expected, pending)
    yield from _check_objects(where, sorted(present), expected, pending, processes or len(os.sched_getaffinity(0)))


def _check_root_files(store: ObjectStore) -> Iterator[Difference]:
    for key, content in ROOT_FILES.items():
        if not store.exists(key):
            yield wrong("file_missing", None, key)
            continue
        with store.open(key) as source:
            if source.read() != content:
                yield wrong("file_altered", None, key)


def _check_strays(store: ObjectStore) -> Iterator[Difference]:
    """What lies outside every object. What lies inside is told with its object."""
    top = store.children()
    strays = [name for name in top.files if name not in ROOT_FILES]
    for folder in top.folders:
        strays += _strays_in_extensions(store) if folder == "extensions" else _strays_in_fan(store, folder)
    for path in strays:
        yield wrong("file_unexpected", None, path)


def _strays_in_extensions(store: ObjectStore) -> Iterator[str]:
    for key in store.walk("extensions/"):
        if key not in ROOT_FILES and not key.startswith("extensions/yidang-staging/"):
            yield key


def _strays_in_fan(store: ObjectStore, fan: str) -> Iterator[str]:
    here = store.children(f"{fan}/")
    if not (here.files or here.folders):
        yield f"{fan}/"
    for name in here.files:
        yield f"{fan}/{name}"
    for folder in here.folders:
        if object_of_folder(fan, folder) is None:
            yield f"{fan}/{folder}/"


def _check_presence(present: set[UUID], expected: Expected | None, pending: Collection[UUID]) -> Iterator[Difference]:
    if expected is None:
        return
    for object_id in sorted(expected.keys() - present - set(pending)):
        yield wrong("object_missing_from_store", object_id, object_prefix(object_id))
    for object_id in sorted(present - expected.keys() - set(pending)):
        yield wrong("object_unexpected", object_id, object_prefix(object_id))


def _check_keys(
    where: Place, present: set[UUID], expected: Expected | None, pending: Collection[UUID]
) -> Iterator[Difference]:
    """A key without its version. A version without its key is told with its content."""
    store = where.store
    for key_id in where.keys.ids():
        object_id, number = _parse(key_id)
        if object_id is None:
            yield wrong("key_unexpected", None, "", key_id)
        elif object_id in pending or _is_forgotten(object_id, number, expected):
            continue
        elif object_id not in present or not store.exists(f"{object_prefix(object_id)}v{number}/inventory.json"):
            yield wrong("key_without_content", object_id, object_prefix(object_id), key_id)


def _is_forgotten(object_id: UUID, number: int, expected: Expected | None) -> bool:
    """Made for a filing that was cut short before anybody knew of it: nothing is missing."""
    return expected is not None and number not in expected.get(object_id, {})


def _parse(key_id: str) -> tuple[UUID | None, int]:
    head, _, number = key_id.partition("/v")
    try:
        return UUID(head), int(number)
    except ValueError:
        return None, 0


def _check_objects(
    where: Place, ids: list[UUID], expected: Expected | None, pending: Collection[UUID], processes: int
) -> Iterator[Difference]:
    tasks = [
        [(object_id, _memory_of(object_id, expected, pending)) for object_id in some]
        for some in _slices(ids, _PER_TASK)
    ]
    if processes < 2 or len(ids) < _WORTH_PROCESSES:  # noqa: PLR2004 - two is what parallel means
        for task in tasks:
            yield from _check_some(where, task)
        return
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        for found in pool.map(_check_apart, [(spec(where.name), task) for task in tasks]):
            yield from found


def _memory_of(object_id: UUID, expected: Expected | None, pending: Collection[UUID]) -> Remembered | None:
    if expected is None or object_id in pending:
        return None
    return dict(expected[object_id]) if object_id in expected else None


_Task = list[tuple[UUID, Remembered | None]]


def _check_some(where: Place, task: _Task) -> list[Difference]:
    return [
        found for object_id, memory in task for found in ObjectCheck(where.store, where.keys, object_id, memory).run()
    ]


def _check_apart(work: tuple[Spec, _Task]) -> list[Difference]:
    """In a process of its own: settings are not asked again, they may have come from elsewhere than the environment."""
    where, task = work
    return _check_some(opened(where), task)


def _slices(ids: Iterable[UUID], size: int) -> Iterator[list[UUID]]:
    waiting = iter(ids)
    while some := list(islice(waiting, size)):
        yield some
