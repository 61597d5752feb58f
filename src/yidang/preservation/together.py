"""One file of each of many objects: places, inventories and keys are found for all at once, bytes opened one by one."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from contextlib import suppress
from functools import cached_property
from uuid import UUID

from yidang.kernel.errors import Invalid, NotFound
from yidang.preservation import repository
from yidang.preservation.inventory import version_of_path
from yidang.preservation.places import Place, names_of, place
from yidang.preservation.reading import content_path, inventory_of, open_sealed
from yidang.preservation.sealing import key_id

_Found = tuple[Place, str, bytes]  # where, content path, data key


class Together:
    """Of the head versions. Nothing is looked for before the first is read."""

    def __init__(self, object_ids: Collection[UUID], logical_name: str) -> None:
        self._object_ids = object_ids
        self._name = logical_name

    def read(self, object_id: UUID) -> bytes:
        """Raises what `repository.read_content` raises."""
        with suppress(KeyError, NotFound):  # what is wrong with it, or where it was moved, the long way tells
            where, path, key = self._found[object_id]
            with open_sealed(where.store, object_id, path, key) as reader:
                return reader.read()
        return repository.read_content(object_id, self._name)

    @cached_property
    def _found(self) -> dict[UUID, _Found]:
        by_place: dict[str, list[UUID]] = defaultdict(list)
        for object_id, name in names_of(self._object_ids).items():
            by_place[name].append(object_id)
        return {one: found for name, ids in by_place.items() for one, found in self._in(place(name), ids)}

    def _in(self, where: Place, object_ids: Collection[UUID]) -> Iterator[tuple[UUID, _Found]]:
        paths = {one: path for one in object_ids if (path := self._path(where, one))}
        ids = {one: key_id(one, version_of_path(path)) for one, path in paths.items()}
        keys = where.keys.keys(list(ids.values()))
        for one, path in paths.items():
            if ids[one] in keys:
                yield one, (where, path, keys[ids[one]])

    def _path(self, where: Place, object_id: UUID) -> str:
        try:
            return content_path(inventory_of(where.store, object_id), object_id, self._name, None)
        except (NotFound, Invalid):
            return ""
