"""The copies' own format: nothing is lost, nothing damaged passes, nothing good is ever harmed."""

import random
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as some
from tests.preservation.builders import first, second

from yidang.crypto.envelope import unseal
from yidang.crypto.keys import vault
from yidang.kernel.errors import Conflict, Invalid
from yidang.preservation import fixity, repository
from yidang.preservation.adapters.local import LocalStore
from yidang.preservation.copies.checking import check
from yidang.preservation.copies.deposit import HEAD, Deposit, open_deposit
from yidang.preservation.copies.manifest import Run, read_run, write_run
from yidang.preservation.copies.pruning import strays
from yidang.preservation.copies.sealing_stream import PieceReader, sealed_pieces
from yidang.preservation.copies.store_copy import Copied, StoreCopy
from yidang.preservation.copies.store_return import heal_object, return_store
from yidang.preservation.copies.tree_copy import copy_tree, folder_sources, return_tree
from yidang.preservation.layout import prepare_root
from yidang.preservation.store import object_store


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "copies"


def deposit_at(place: Path) -> Deposit:
    return open_deposit(str(place), vault(), may_create=True)


def copy(place: Path, number: int = 1, strays: tuple[str, ...] = ()) -> tuple[Run, Copied]:
    deposit = deposit_at(place)
    before = read_run(deposit, deposit.runs()[-1]).lists if deposit.runs() else {}
    copied = StoreCopy("main", object_store(), deposit, before).run(strays)
    moment = f"2026-11-2{number}T00:00:00+00:00"
    run = Run(
        name=f"runs/2026112{number}T000000000000Z-00000000",
        started_at=moment,
        captured_at=moment,
        finished_at=moment,
        lists=copied.lists,
        trees={},
        database=None,
        ledger=None,
        objects=copied.objects,
        versions=copied.versions,
        problems=copied.problems,
    )
    write_run(deposit, run)
    return run, copied


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def empty_store(folder: Path) -> LocalStore:
    store = LocalStore(folder)
    prepare_root(store)
    return store


def some_objects(count: int = 5) -> list[UUID]:
    batch = [first(content={"original/1": bytes([n]) * 3000, "text": b"t"}) for n in range(count)]
    repository.write_objects(batch)
    return [one.object_id for one in batch]


def revise(object_id: UUID) -> None:
    from dataclasses import replace

    repository.write_objects([replace(second(object_id), carry=("original/1", "text"))])


def test_every_byte_comes_back(store, place, tmp_path):
    ids = some_objects()
    revise(ids[0])
    run, _ = copy(place)
    back = empty_store(tmp_path / "back")
    returned = return_store(deposit_at(place), run, "main", back)
    assert (returned.objects, returned.versions, returned.problems) == (5, 6, [])
    assert files(back.root) == files(store)


def test_only_what_is_new_is_copied(store, place):
    ids = some_objects()
    assert copy(place)[1].new_versions == 5
    assert copy(place, 2)[1].new_versions == 0
    revise(ids[1])
    assert copy(place, 3)[1].new_versions == 1


def test_a_restore_brings_no_more_than_the_moment_knew(store, place, tmp_path):
    ids = some_objects(3)
    revise(ids[0])
    run, _ = copy(place)
    back = empty_store(tmp_path / "back")
    return_store(deposit_at(place), run, "main", back, head={ids[0]: 1, ids[1]: 1, ids[2]: 0}.get)  # type: ignore[arg-type]
    there = [str(one) for one in ids if list(back.root.glob(f"*/*{one}"))]
    assert there == [str(ids[0]), str(ids[1])]
    assert not list(back.root.glob("*/*/v2"))


def test_a_restore_cut_short_is_completed(store, place, tmp_path, monkeypatch):
    some_objects()
    run, _ = copy(place)
    back = empty_store(tmp_path / "back")
    with monkeypatch.context() as patch:
        patch.setattr(LocalStore, "batch", lambda _: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            return_store(deposit_at(place), run, "main", back)
    return_store(deposit_at(place), run, "main", back)
    assert return_store(deposit_at(place), run, "main", back).problems == []
    assert files(back.root) == files(store)


@pytest.mark.parametrize("seed", range(4))
def test_any_flipped_bit_of_the_copies_is_found(store, place, seed):
    some_objects(4)
    copy(place)
    chance = random.Random(seed)
    paths = sorted(path for path in place.rglob("*") if path.is_file() and path.name != HEAD)
    assert check(deposit_at(place)).differences == []
    for _ in range(40):
        path = chance.choice(paths)
        good = path.read_bytes()
        bad = bytearray(good)
        bad[chance.randrange(len(bad))] ^= 1 << chance.randrange(8)
        path.write_bytes(bad)
        found = check(deposit_at(place))
        assert {one["path"] for one in found.differences} == {path.relative_to(place).as_posix()}
        path.write_bytes(good)
    assert check(deposit_at(place)).differences == []


def test_a_cut_or_missing_part_is_found(store, place):
    some_objects(4)
    copy(place)
    path = next((place / "packs").rglob("*/*"))
    good = path.read_bytes()
    for bad in (good[:-1], good[:7], b"", good + b"x"):
        path.write_bytes(bad)
        assert check(deposit_at(place)).differences
    path.unlink()
    assert {one["code"] for one in check(deposit_at(place)).differences} == {"copy_missing"}


def test_damage_in_the_store_is_never_copied_over_the_good(store, place, tmp_path):
    ids = some_objects(2)
    copy(place)
    victim = next(store.glob(f"*/*{ids[0]}/v1/content/*-0"))
    good = files(store)
    victim.write_bytes(b"damaged")
    run, copied = copy(place, 2)
    assert copied.problems == []  # unchanged by its sidecar: the old copy stands
    healed = heal_object(deposit_at(place), run, object_store(), ids[0])
    assert healed == [victim.relative_to(store).as_posix()]
    assert files(store) == good


def test_damage_before_the_first_copy_is_named(store, place):
    ids = some_objects(2)
    next(store.glob(f"*/*{ids[0]}/v1/content/*-0")).write_bytes(b"damaged")
    run, copied = copy(place)
    assert [one["object_id"] for one in copied.problems] == [str(ids[0])]
    assert run.objects == 1
    assert check(deposit_at(place)).differences == []


def test_a_part_set_aside_is_copied_anew(store, place, tmp_path):
    some_objects(3)
    copy(place)
    next((place / "packs").rglob("*/*")).unlink()
    assert not check(deposit_at(place)).newest_is_whole
    run, copied = copy(place, 2)
    assert copied.new_versions == 3
    found = check(deposit_at(place))  # the run before still lacks it, and says so
    assert found.differences
    assert found.newest_is_whole
    back = empty_store(tmp_path / "back")
    assert return_store(deposit_at(place), run, "main", back).problems == []


def test_a_run_cut_short_leaves_strays_that_the_next_takes_up(store, place):
    some_objects(3)
    deposit = deposit_at(place)
    StoreCopy("main", object_store(), deposit, {}).run()  # killed before its manifest
    found = strays(deposit, [])
    assert deposit.runs() == []
    assert copy(place, strays=tuple(found))[1].new_versions == 0
    assert check(deposit).differences == []


def test_a_destroyed_key_destroys_the_copy_too(store, place, tmp_path):
    (object_id,) = some_objects(1)
    run, _ = copy(place)
    repository.purge(object_id)
    return_store(deposit_at(place), run, "main", object_store())
    assert {one.code for one in fixity.verify_all(processes=1)} == {"key_missing"}


def test_another_root_key_opens_nothing(store, place, home):
    some_objects(1)
    copy(place)
    from yidang.crypto.keys import vault_of

    with pytest.raises(Invalid, match="backup_foreign"):
        open_deposit(str(place), vault_of(home.parent / "stranger"))


def test_a_place_with_other_things_is_refused(home, place):
    place.mkdir()
    (place / "holiday.jpg").write_bytes(b"x")
    with pytest.raises(Conflict, match="backup_place_taken"):
        deposit_at(place)


def test_nothing_opens_in_anothers_place(store, place):
    some_objects(40)
    copy(place)
    one, other = sorted((place / "lists").rglob("*/*"))[:2]
    first_bytes, second_bytes = one.read_bytes(), other.read_bytes()
    one.write_bytes(second_bytes)
    other.write_bytes(first_bytes)
    assert len(check(deposit_at(place)).differences) == 2


def test_a_tree_comes_back_and_only_changed_files_are_read(home, place, tmp_path):
    source = tmp_path / "tree"
    (source / "a/b").mkdir(parents=True)
    (source / "a/b/empty").touch()
    (source / "a/large").write_bytes(random.Random(1).randbytes(100_000))
    deposit = deposit_at(place)
    name, stored = copy_tree(deposit, folder_sources(source), None)
    assert stored > 100_000
    assert copy_tree(deposit, folder_sources(source), name) == (name, 0)
    (source / "new").write_bytes(b"new")
    again, stored = copy_tree(deposit, folder_sources(source), name)
    assert stored < 1000
    back = tmp_path / "back"
    assert return_tree(deposit, again, back) == (100_003, [])
    assert files(back) == files(source)


@given(some.lists(some.binary(max_size=40_000), max_size=6), some.integers(min_value=1, max_value=70_000))
def test_a_stream_sealed_while_read_opens_as_a_whole(pieces, step):
    source = PieceReader(sealed_pieces(iter(pieces), key=bytes(16), context=b"c"))
    sealed = b""
    while found := source.read(step):
        sealed += found
    assert unseal(sealed, key=bytes(16), context=b"c") == b"".join(pieces)
    assert source.count == len(sealed)
