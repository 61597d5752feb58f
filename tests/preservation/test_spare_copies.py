"""With several copies a reader never meets the damage of one: it reads on from the next."""

from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import settings
from tests.preservation.builders import ITEM, ORIGINAL, first

from yidang.kernel.errors import Invalid
from yidang.preservation import repository
from yidang.preservation.store import object_store


@pytest.fixture
def stores(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    others = [tmp_path / "copy-1", tmp_path / "copy-2"]
    places = " ".join(one.as_uri() for one in others)
    monkeypatch.setattr(settings, "YIDANG", replace(settings.YIDANG, home=tmp_path / "home", replicas=places))
    object_store()
    return [tmp_path / "home" / "store", *others]


def files(store: Path) -> list[Path]:
    return sorted(path for path in store.rglob("*") if path.is_file() and "0=" not in path.name)


def flipped(data: bytes, place: int) -> bytes:
    return data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]


@pytest.mark.parametrize("damage", ["head", "middle", "end", "cut", "empty"])
def test_damage_in_two_of_three_copies_is_not_met(stores, damage):
    new = first()
    repository.write_objects([new])
    for store in stores[:2]:
        for path in files(store):
            data = path.read_bytes()
            spoiled = {
                "head": lambda data: flipped(data, 3),
                "middle": lambda data: flipped(data, len(data) // 2),
                "end": lambda data: flipped(data, len(data) - 1),
                "cut": lambda data: data[: len(data) // 2],
                "empty": lambda _: b"",
            }[damage](data)
            path.write_bytes(spoiled)
    for name, content in ITEM.items():
        assert repository.read_content(new.object_id, name) == content
    with repository.open_content(new.object_id, "original/1") as reader:
        reader.seek(50_000)
        assert reader.read(10) == ORIGINAL[50_000:50_010]


def test_damage_in_every_copy_is_told(stores):
    new = first()
    repository.write_objects([new])
    for store in stores:
        path = max(files(store), key=lambda path: path.stat().st_size)
        path.write_bytes(flipped(path.read_bytes(), 100))
    with pytest.raises(Invalid, match="content_damaged"):
        repository.read_content(new.object_id, "original/1")
