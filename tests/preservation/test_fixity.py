"""Whatever is changed behind the store's back is named."""

import hashlib
import json
import random
import shutil
from collections.abc import Callable
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from tests.preservation.builders import first, second

from yidang.crypto.keyring import keyring
from yidang.kernel.difference import Difference
from yidang.kernel.errors import Invalid
from yidang.kernel.texts import catalogue, say
from yidang.preservation import fixity, repository
from yidang.preservation.layout import NAMASTE, object_prefix
from yidang.preservation.store import store_at

Expected = dict[UUID, dict[int, str]]


@pytest.fixture
def filed(store: Path) -> Expected:
    """Three objects, the first with two versions."""
    batch = [first() for _ in range(3)]
    receipts = repository.write_objects(batch)
    receipts += repository.write_objects([second(batch[0].object_id)])
    expected: Expected = {new.object_id: {} for new in batch}
    for receipt in receipts:
        expected[receipt.object_id][receipt.number] = receipt.inventory_sha512
    return expected


def found(expected: Expected | None) -> set[tuple[str, UUID | None]]:
    return {(one.code, _object(one)) for one in fixity.verify_all(expected, processes=1)}


def _object(one: Difference) -> UUID | None:
    return UUID(str(one.facts["object_id"])) if one.facts["object_id"] else None


def codes(expected: Expected | None) -> set[str]:
    return {code for code, _ in found(expected)}


def folder(store: Path, object_id: UUID) -> Path:
    return store / object_prefix(object_id)


def test_a_sound_store_has_no_differences(store: Path, filed: Expected):
    assert list(fixity.verify_all(filed)) == []
    assert list(fixity.verify_all()) == []
    for object_id, remembered in filed.items():
        assert fixity.verify_object(object_id, remembered) == []
        assert fixity.verify_object(object_id) == []


def test_a_flipped_bit_in_any_file_is_found(store: Path, filed: Expected):
    chance = random.Random(3)
    for path in sorted(path for path in store.rglob("*") if path.is_file()):
        before = path.read_bytes()
        place = chance.randrange(len(before))
        changed = bytearray(before)
        changed[place] ^= 1 << chance.randrange(8)
        path.write_bytes(changed)
        assert codes(None), path
        path.write_bytes(before)
    assert codes(None) == set()


def test_a_removed_file_is_found(store: Path, filed: Expected):
    for path in sorted(path for path in store.rglob("*") if path.is_file()):
        before = path.read_bytes()
        path.unlink()
        assert codes(None), path
        path.write_bytes(before)


def test_a_file_cut_short_or_grown_is_found(store: Path, filed: Expected):
    path = next(folder(store, next(iter(filed))).glob("v1/content/*"))
    before = path.read_bytes()
    for changed in (before[:-1], before[:40], b"", before + b"x"):
        path.write_bytes(changed)
        assert codes(filed) == {"content_altered"}


def _forge(store: Path, object_id: UUID, change: Callable[[dict], object]) -> None:
    """Edits the inventory as somebody would who knows OCFL: sidecars and copies all fit."""
    place = folder(store, object_id)
    document = json.loads((place / "inventory.json").read_bytes())
    change(document)
    text = json.dumps(document, separators=(",", ":")).encode()
    for path in (place, place / document["head"]):
        (path / "inventory.json").write_bytes(text)
        (path / "inventory.json.sha512").write_text(f"{hashlib.sha512(text).hexdigest()} inventory.json\n")


def test_a_well_forged_inventory_is_found_by_what_is_remembered(store: Path, filed: Expected):
    object_id = list(filed)[1]
    _forge(store, object_id, lambda document: document["versions"]["v1"]["user"].update(name="8"))
    assert codes(None) == set()
    assert found(filed) == {("inventory_altered", object_id)}


def test_an_edited_former_version_is_found_without_memory(store: Path, filed: Expected):
    object_id = next(iter(filed))
    _forge(store, object_id, lambda document: document["versions"]["v1"].update(message="item.moved"))
    assert found(None) == {("inventory_altered", object_id)}


def test_content_swapped_with_its_digests_does_not_open(store: Path, filed: Expected):
    one, other = list(filed)[1:]
    for path in folder(store, one).glob("v1/content/*"):
        path.unlink()
    source = json.loads((folder(store, other) / "inventory.json").read_bytes())
    for path in folder(store, other).glob("v1/content/*"):
        shutil.copy(path, folder(store, one) / "v1/content" / path.name)

    def change(document: dict) -> None:
        document["manifest"] = source["manifest"]
        document["versions"]["v1"]["state"] = source["versions"]["v1"]["state"]

    _forge(store, one, change)
    assert found(None) == {("content_does_not_open", one)}


def test_a_rolled_back_object_is_found(store: Path, filed: Expected):
    object_id = next(iter(filed))
    place = folder(store, object_id)
    shutil.rmtree(place / "v2")
    for name in ("inventory.json", "inventory.json.sha512"):
        shutil.copy(place / "v1" / name, place / name)
    assert found(filed) == {("version_missing", object_id), ("key_without_content", object_id)}
    assert found(None) == {("key_without_content", object_id)}


def test_a_removed_object_is_found(store: Path, filed: Expected):
    object_id = list(filed)[1]
    shutil.rmtree(folder(store, object_id))
    assert ("object_missing_from_store", object_id) in found(filed)
    assert ("key_without_content", object_id) in found(None)


def test_missing_and_foreign_keys_are_found(store: Path, filed: Expected):
    object_id = list(filed)[1]
    keyring().delete([f"{object_id}/v1"])
    assert found(filed) == {("key_missing", object_id)}
    keyring().new_keys(["somebody's"])
    assert ("key_unexpected", None) in found(filed)


def test_a_replaced_key_does_not_open(store: Path, filed: Expected):
    object_id = list(filed)[1]
    keyring().delete([f"{object_id}/v1"])
    keyring().new_keys([f"{object_id}/v1"])
    assert found(filed) == {("content_does_not_open", object_id)}


@pytest.mark.parametrize("place", ["stray", "ab/stray", "ab/stray/deep", "extensions/stray/x"])
def test_strays_outside_objects_are_found(store: Path, filed: Expected, place: str):
    (store / place).parent.mkdir(parents=True, exist_ok=True)
    (store / place).write_text("x")
    assert found(filed) == {("file_unexpected", None)}


@pytest.mark.parametrize("place", ["stray", "v1/stray", "v1/content/stray", "v1/content/deep/stray", "logs/stray"])
def test_strays_inside_objects_are_found(store: Path, filed: Expected, place: str):
    object_id = next(iter(filed))
    path = folder(store, object_id) / place
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("x")
    assert found(filed) == {("file_unexpected", object_id)}


def test_an_object_in_another_place_is_a_stray(store: Path, filed: Expected):
    object_id = list(filed)[1]
    (store / "zz").mkdir()
    folder(store, object_id).rename(store / "zz" / folder(store, object_id).name)
    assert {"object_missing_from_store", "file_unexpected"} <= codes(filed)


def test_a_missing_declaration_of_the_root_is_found(store: Path, filed: Expected):
    (store / NAMASTE).unlink()
    assert codes(filed) == {"file_missing"}
    store_at.cache_clear()  # a program that starts now must be able to say so, too
    assert codes(filed) == {"file_missing"}


def test_a_folder_of_somebody_else_is_never_made_a_root(tmp_path: Path):
    (tmp_path / "letters.txt").write_text("not ours")
    with pytest.raises(Invalid) as refusal:
        store_at(tmp_path.as_uri())
    assert refusal.value.code == "store_not_a_root"
    assert [path.name for path in tmp_path.iterdir()] == ["letters.txt"]


def test_what_is_being_filed_is_no_difference(store: Path, filed: Expected):
    object_id = list(filed)[1]
    expected = {other: memory for other, memory in filed.items() if other != object_id}
    assert found(expected) == {("object_unexpected", object_id)}
    assert list(fixity.verify_all(expected, pending=[object_id], processes=1)) == []


def test_a_key_of_a_filing_cut_short_is_no_difference(store: Path, filed: Expected):
    keyring().new_keys([f"{uuid4()}/v1"])
    assert codes(filed) == set()


def test_damaged_inventories_are_told_and_do_not_stop_the_check(store: Path, filed: Expected):
    one, other = list(filed)[:2]
    (folder(store, one) / "inventory.json").write_text("{")
    (folder(store, other) / "inventory.json").unlink()
    assert {("inventory_altered", one), ("file_missing", other)} <= found(filed)


def test_several_processes_find_the_same(store: Path, filed: Expected, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(fixity, "_WORTH_PROCESSES", 1)
    monkeypatch.setattr(fixity, "_PER_TASK", 1)
    object_id = next(iter(filed))
    next(folder(store, object_id).glob("v1/content/*")).write_bytes(b"x")
    apart = list(fixity.verify_all(filed, processes=2))
    assert apart == list(fixity.verify_all(filed, processes=1))
    assert [difference.code for difference in apart] == ["content_altered"]


def test_every_difference_has_its_words():
    import re

    import yidang.preservation

    room = Path(yidang.preservation.__file__).parent
    text = "".join((room / name).read_text() for name in ("fixity.py", "fixity_object.py"))
    told = set(re.findall(r'wrong\(\s*"([a-z_]+)"', text)) | {"key_missing", "key_damaged"}
    assert len(told) > 10
    assert told <= catalogue().keys()
    for language in ("zh", "en"):
        for code in told - {"key_missing", "key_damaged"}:
            assert "?" not in say(code, language, object_id="o", path="ab/x", detail="d")
