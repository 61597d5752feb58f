"""The sensitive class stands in a store of its own under keys of its own, and moves there whole or not at all."""

import shutil
from pathlib import Path

import pytest
from tests.preservation.builders import ITEM, first, second

from yidang.crypto.keyring import keyring
from yidang.kernel.errors import DomainError
from yidang.preservation import fixity, moving, repository
from yidang.preservation.layout import object_prefix
from yidang.preservation.places import place, placement
from yidang.preservation.repository import COLD, MAIN, SENSITIVE
from yidang.preservation.sealing import key_id


def memory(object_id) -> dict[int, str]:
    from hashlib import sha512

    versions = repository.versions(object_id)
    return {number: sha512(repository.inventory_bytes(object_id, number)).hexdigest() for number in versions}


def stands_only_in(object_id, name: str) -> bool:
    others = {MAIN, SENSITIVE, COLD} - {name}
    gone = not any(list(place(other).store.walk(object_prefix(object_id))) for other in others)
    has_keys = {one for one in (MAIN, SENSITIVE, COLD) if keyring(one).ids_below(f"{object_id}/v")}
    return gone and has_keys == {name}


def test_a_destined_object_is_written_under_its_own_key(home: Path, store: Path):
    new = first()
    repository.destine([new.object_id], SENSITIVE)
    repository.write_objects([new, other := first()])
    assert stands_only_in(new.object_id, SENSITIVE)
    assert stands_only_in(other.object_id, MAIN)
    assert (home / "store-sensitive" / object_prefix(new.object_id)).is_dir()
    assert repository.read_content(new.object_id, "text") == ITEM["text"]
    assert set(repository.object_ids()) == {new.object_id, other.object_id}


def test_the_two_rings_wrap_under_different_keys(home: Path):
    keyring(SENSITIVE).new_keys(["a/v1"])
    row = keyring(SENSITIVE)._select("SELECT id, wrap_version, wrapped FROM data_key WHERE id IN ({})", ["a/v1"])
    with keyring()._writing() as database:
        database.executemany("INSERT INTO data_key VALUES (?, ?, ?)", row)
    with pytest.raises(DomainError, match="key_damaged"):
        keyring().key("a/v1")


@pytest.mark.parametrize("way", [(SENSITIVE,), (SENSITIVE, MAIN), (COLD,), (COLD, MAIN), (COLD, SENSITIVE)])
def test_a_moved_object_is_what_it_was(home: Path, store: Path, way: tuple[str, ...]):
    new = first()
    repository.write_objects([new])
    repository.write_objects([second(new.object_id)])
    before = memory(new.object_id)
    for name in way:
        assert repository.move(new.object_id, name)
    assert not repository.move(new.object_id, way[-1])
    assert stands_only_in(new.object_id, way[-1])
    assert memory(new.object_id) == before
    assert repository.read_content(new.object_id, "description", 1) == ITEM["description"]
    assert list(fixity.verify_all({new.object_id: before})) == []
    assert fixity.verify_object(new.object_id, before) == []


@pytest.mark.parametrize("target", [SENSITIVE, COLD])
@pytest.mark.parametrize("step", ["_carry_keys", "_copy", "_point_to", "after"])
def test_a_move_cut_off_is_finished(home: Path, store: Path, monkeypatch: pytest.MonkeyPatch, step: str, target: str):
    new = first()
    repository.write_objects([new])
    before = memory(new.object_id)
    where, name = (type(place(MAIN).keys), "delete") if step == "after" else (moving, step)
    with monkeypatch.context() as patch:
        patch.setattr(where, name, _cut)
        with pytest.raises(KeyboardInterrupt):
            repository.move(new.object_id, target)
    assert repository.read_content(new.object_id, "text") == ITEM["text"]  # readable at every moment
    repository.sweep()
    assert stands_only_in(new.object_id, target)
    assert list(fixity.verify_all({new.object_id: before})) == []
    assert placement().moves() == []


def _cut(*_: object) -> None:
    raise KeyboardInterrupt


def test_verify_looks_into_both_places(home: Path, store: Path):
    kept, lost = first(), first()
    repository.destine([kept.object_id, lost.object_id], SENSITIVE)
    repository.write_objects([kept, lost])
    expected = {one.object_id: memory(one.object_id) for one in (kept, lost)}
    shutil.rmtree(home / "store-sensitive" / object_prefix(lost.object_id))
    file = next((home / "store-sensitive" / object_prefix(kept.object_id)).glob("v1/content/*"))
    whole = bytearray(file.read_bytes())
    whole[70] ^= 1
    file.write_bytes(whole)
    codes = {one.code for one in fixity.verify_all(expected)}
    assert {"object_missing_from_store", "content_altered"} <= codes


def test_the_table_is_made_again_from_what_stands(home: Path, store: Path):
    new = first()
    repository.destine([new.object_id], SENSITIVE)
    repository.write_objects([new, first()])
    placement().remove([new.object_id])
    assert not repository.exists(new.object_id)
    assert repository.rebuild_placement() == 1
    assert repository.exists(new.object_id)


def test_a_purged_object_leaves_no_key_in_either_ring(home: Path, store: Path):
    new = first()
    repository.destine([new.object_id], SENSITIVE)
    repository.write_objects([new])
    repository.purge(new.object_id)
    assert list(keyring(SENSITIVE).ids()) == list(keyring().ids()) == []
    assert key_id(new.object_id, 1) not in keyring(SENSITIVE).keys([key_id(new.object_id, 1)])
    assert not repository.exists(new.object_id)
