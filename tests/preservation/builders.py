"""Versions as the tests need them."""

from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from uuid import UUID, uuid4

from yidang.preservation.repository import NewVersion
from yidang.preservation.sealing import Source

CREATED = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
ORIGINAL = bytes(range(256)) * 240  # 60 kB: four chunks
ITEM: dict[str, Source] = {
    "original/1": ORIGINAL,
    "text": b"reading" * 100,
    "description": b'{"title":"..."}',
    "provenance": b'{"events":[]}',
}


def first(object_id: UUID | None = None, content: Mapping[str, Source] = ITEM) -> NewVersion:
    return version(object_id or uuid4(), 1, content)


def version(
    object_id: UUID,
    number: int,
    content: Mapping[str, Source],
    carry: Collection[str] = (),
    decisive: Collection[str] | None = None,
) -> NewVersion:
    return NewVersion(
        object_id=object_id,
        number=number,
        content=content,
        carry=carry,
        decisive=decisive,
        created=CREATED,
        actor="7",
        action="item.filed" if number == 1 else "item.described",
    )


def second(object_id: UUID, description: bytes = b"changed") -> NewVersion:
    return version(object_id, 2, {"description": description}, ["original/1", "text", "provenance"])
