"""Several copies of the store: what a quorum means, what a scrub finds, what it heals and what it only names."""

import random
from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import settings
from tests.preservation.builders import ITEM, first, second

from yidang.kernel.errors import Unavailable
from yidang.preservation import fixity, repository
from yidang.preservation.adapters.local import LocalStore
from yidang.preservation.adapters.replicated import ReplicatedStore
from yidang.preservation.scrubbing import Scrub, Scrubbed, nobody_remembers
from yidang.preservation.store import object_store


@pytest.fixture
def stores(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    others = " ".join((tmp_path / f"copy-{n}").as_uri() for n in (1, 2))
    monkeypatch.setattr(settings, "YIDANG", replace(settings.YIDANG, home=home, store="", replicas=others))
    object_store()
    return [home / "store", tmp_path / "copy-1", tmp_path / "copy-2"]


def scrub(*, repair: bool = True, remembered=nobody_remembers) -> Scrubbed:
    return Scrub(object_store(), remembered, repair=repair).run()


def files(store: Path) -> dict[str, bytes]:
    return {path.relative_to(store).as_posix(): path.read_bytes() for path in store.rglob("*") if path.is_file()}


def flip(path: Path, chance: random.Random) -> None:
    data = bytearray(path.read_bytes())
    data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    path.write_bytes(data)


def away(monkeypatch: pytest.MonkeyPatch, *gone: Path) -> None:
    """These copies answer nothing more."""
    bench = LocalStore.batch
    put = LocalStore.put

    def refuse(store, *arguments, **options):
        if store.root in gone:
            raise Unavailable("store_unreachable", problem="away")

    def batch(store):
        refuse(store)
        return bench(store)

    def write(store, *arguments, **options):
        refuse(store)
        return put(store, *arguments, **options)

    monkeypatch.setattr(LocalStore, "batch", batch)
    monkeypatch.setattr(LocalStore, "put", write)


def test_every_copy_holds_every_byte(stores):
    new = first()
    repository.write_objects([new])
    repository.write_objects([second(new.object_id)])
    assert files(stores[0]) == files(stores[1]) == files(stores[2])
    assert scrub(repair=False).differences == []


def test_a_quorum_is_enough_and_the_scrub_brings_the_rest(stores, monkeypatch):
    with monkeypatch.context() as patch:
        away(patch, stores[0])
        new = first()
        repository.write_objects([new])
        assert repository.read_content(new.object_id, "text") == ITEM["text"]
    found = scrub()
    assert {one["code"] for one in found.differences} == {"scrub_missing"}
    assert found.wounded == []
    assert files(stores[0]) == files(stores[1]) == files(stores[2])
    assert scrub(repair=False).differences == []


def test_less_than_a_quorum_is_not_acknowledged_and_the_retry_completes_it(stores, monkeypatch):
    new = first()
    with monkeypatch.context() as patch:
        away(patch, stores[0], stores[2])
        with pytest.raises(Unavailable, match="store_quorum_missed"):
            repository.write_objects([new])
    store = object_store()
    assert isinstance(store, ReplicatedStore)
    store._away.clear()
    repository.write_objects([new])
    assert sum(bool(list(place.rglob("*/inventory.json"))) for place in stores) >= 2
    assert repository.read_content(new.object_id, "original/1") == ITEM["original/1"]


def test_what_a_copy_that_was_away_should_have_deleted_does_not_come_back(stores, monkeypatch):
    new = first()
    repository.write_objects([new])
    delete = LocalStore.delete_prefix

    def refuse(store, prefix):
        if store.root == stores[1]:
            raise Unavailable("store_unreachable", problem="away")
        delete(store, prefix)

    with monkeypatch.context() as patch:
        patch.setattr(LocalStore, "delete_prefix", refuse)
        repository.purge(new.object_id)
    scrub()
    assert not list(stores[1].rglob("inventory.json"))
    assert list(repository.object_ids()) == []


@pytest.mark.parametrize("seed", range(3))
def test_every_flipped_bit_is_found_and_healed_where_one_copy_is_good(stores, seed):
    batch = [first(content={"original/1": bytes(900), "text": b"x" * 50}) for _ in range(12)]
    repository.write_objects(batch)
    repository.write_objects([second_of(one) for one in batch[:4]])
    good = files(stores[0])
    chance = random.Random(seed)
    hit = set()
    for _ in range(60):
        name = chance.choice(sorted(good))
        if name in {one for one, _ in hit}:
            continue  # one copy of each stays good
        place = chance.choice(stores)
        flip(place / name, chance)
        hit.add((name, place))
    found = scrub()
    assert {one["path"] for one in found.differences} == {name for name, _ in hit}
    assert all(one["healed"] for one in found.differences)
    assert files(stores[0]) == files(stores[1]) == files(stores[2]) == good
    assert list(fixity.verify_all(processes=1)) == []


def second_of(new):
    return replace(second(new.object_id), carry=("original/1", "text"))


def test_what_no_copy_has_good_is_named_and_left_alone(stores):
    new = first()
    repository.write_objects([new])
    name = next(one for one in files(stores[0]) if "/content/" in one)
    for number, place in enumerate(stores):
        flip(place / name, random.Random(number))
    found = scrub()
    assert {one["path"] for one in found.differences} == {name}
    assert found.healed == 0
    assert found.wounded == [new.object_id]


def test_a_forged_inventory_with_its_sidecar_is_told_by_the_ledger(stores):
    new = first()
    (receipt,) = repository.write_objects([new])
    honest = files(stores[1])
    for path in stores[0].rglob("inventory.json"):
        path.write_bytes(path.read_bytes().replace(b"item.filed", b"item.faked"))
        from yidang.preservation.inventory import sidecar

        path.with_name("inventory.json.sha512").write_bytes(sidecar(path.read_bytes()))
    found = scrub(remembered={new.object_id: {1: receipt.inventory_sha512}}.get)
    assert found.healed == 4
    assert files(stores[0]) == honest


def test_one_store_alone_is_read_and_nothing_is_made_up(store):
    repository.write_objects([first()])
    name = next(one for one in files(store) if "/content/" in one)
    flip(store / name, random.Random(1))
    found = scrub()
    assert [(one["path"], one["healed"]) for one in found.differences] == [(name, False)]
