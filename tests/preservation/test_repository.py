import hashlib
import io
import random
from pathlib import Path
from uuid import uuid4

import pytest
from tests.preservation.builders import ITEM, ORIGINAL, first, second, version

from yidang.crypto.keyring import keyring
from yidang.kernel.errors import Conflict, Invalid, NotFound
from yidang.preservation import repository
from yidang.preservation.layout import object_prefix


def test_what_was_written_is_read(store: Path):
    new = first()
    receipt = repository.write_objects([new])[0]
    for name, plain in ITEM.items():
        assert repository.read_content(new.object_id, name) == plain
    assert repository.names(new.object_id) == sorted(ITEM)
    assert repository.versions(new.object_id) == [1]
    assert receipt.sizes == {name: len(plain) for name, plain in ITEM.items()}
    assert not receipt.is_adopted


def test_the_receipt_names_the_inventory_on_disk(store: Path):
    new = first()
    receipt = repository.write_objects([new])[0]
    inventory = store / object_prefix(new.object_id) / "v1" / "inventory.json"
    assert receipt.inventory_sha512 == hashlib.sha512(inventory.read_bytes()).hexdigest()


def test_a_later_version_keeps_what_it_carries_and_leaves_the_earlier_readable(store: Path):
    new = first()
    repository.write_objects([new])
    repository.write_objects([second(new.object_id)])
    assert repository.versions(new.object_id) == [1, 2]
    assert repository.read_content(new.object_id, "description") == b"changed"
    assert repository.read_content(new.object_id, "description", 1) == ITEM["description"]
    assert repository.read_content(new.object_id, "original/1") == ORIGINAL
    prefix = store / object_prefix(new.object_id)
    assert len(list((prefix / "v2" / "content").iterdir())) == 1
    assert all(path.stat().st_nlink == 1 for path in prefix.rglob("*") if path.is_file())


def test_a_large_source_is_streamed(store: Path):
    plain = random.Random(1).randbytes(3 * 1024 * 1024 + 17)
    new = first(content={"original/1": lambda: io.BytesIO(plain)})
    receipt = repository.write_objects([new])[0]
    assert receipt.sizes == {"original/1": len(plain)}
    with repository.open_content(new.object_id, "original/1") as reader:
        reader.seek(2_000_000)
        assert reader.read(50) == plain[2_000_000:2_000_050]
        reader.seek(0)
        assert reader.read() == plain


def test_nothing_of_the_content_stands_in_clear(home: Path):
    plain = b"Zhang San 510100199001011234"
    new = first(content={"original/1": plain})
    repository.write_objects([new])
    for path in home.rglob("*"):
        if path.is_file():
            assert plain not in path.read_bytes()
            assert b"Zhang" not in path.read_bytes()


def test_a_repeated_filing_is_adopted(store: Path):
    new = first()
    receipt = repository.write_objects([new])[0]
    again = repository.write_objects([new])[0]
    assert again.is_adopted
    assert again.inventory_sha512 == receipt.inventory_sha512
    assert again.sizes == receipt.sizes


def test_a_repeated_revision_is_adopted(store: Path):
    new = first()
    repository.write_objects([new, first()])
    revision = second(new.object_id)
    receipt = repository.write_objects([revision])[0]
    again = repository.write_objects([revision])[0]
    assert again.is_adopted
    assert again.inventory_sha512 == receipt.inventory_sha512


def test_a_mixed_batch_settles_each_version_in_its_place(store: Path):
    old, fresh = first(), first()
    repository.write_objects([old])
    receipts = repository.write_objects([old, fresh, first()])
    assert [receipt.is_adopted for receipt in receipts] == [True, False, False]
    assert [receipt.object_id for receipt in receipts][:2] == [old.object_id, fresh.object_id]


def test_other_content_under_the_same_number_is_refused(store: Path):
    new = first()
    repository.write_objects([new])
    with pytest.raises(Conflict, match="version_differs"):
        repository.write_objects([first(new.object_id, {**ITEM, "description": b"other"})])
    with pytest.raises(Conflict, match="version_differs"):
        repository.write_objects([first(new.object_id, {"original/1": ORIGINAL})])
    assert repository.read_content(new.object_id, "description") == ITEM["description"]


def test_only_the_decisive_names_must_be_equal(store: Path):
    new = first()
    repository.write_objects([new])
    retried = version(new.object_id, 1, {**ITEM, "provenance": b"fresh salts"}, decisive=["original/1"])
    assert repository.write_objects([retried])[0].is_adopted
    assert repository.read_content(new.object_id, "provenance") == ITEM["provenance"]


def test_versions_follow_each_other(store: Path):
    new = first()
    repository.write_objects([new])
    with pytest.raises(Conflict, match="version_gap"):
        repository.write_objects([version(new.object_id, 3, {"description": b"x"})])
    with pytest.raises(NotFound, match="object_missing"):
        repository.write_objects([second(uuid4())])
    with pytest.raises(Invalid, match="version_empty"):
        repository.write_objects([first(content={})])
    with pytest.raises(Invalid, match="version_malformed"):
        repository.write_objects([version(new.object_id, 2, {"text": b"x"}, ["no such name"])])


def test_absent_things_are_not_found(store: Path):
    new = first()
    repository.write_objects([new])
    with pytest.raises(NotFound, match="object_missing"):
        repository.read_content(uuid4(), "text")
    with pytest.raises(NotFound, match="content_missing"):
        repository.read_content(new.object_id, "original/2")
    with pytest.raises(NotFound, match="content_missing"):
        repository.read_content(new.object_id, "text", 2)
    keyring().delete([f"{new.object_id}/v1"])
    with pytest.raises(NotFound, match="key_missing"):
        repository.read_content(new.object_id, "text")


def test_objects_are_listed_and_purged(store: Path):
    batch = [first() for _ in range(5)]
    repository.write_objects(batch)
    assert set(repository.object_ids()) == {new.object_id for new in batch}
    repository.purge(batch[0].object_id)
    assert set(repository.object_ids()) == {new.object_id for new in batch[1:]}
    assert not any(key.startswith(str(batch[0].object_id)) for key in keyring().ids())
    assert not [path for path in store.rglob("*") if path.is_dir() and not any(path.iterdir())]


def test_sealed_bytes_do_not_open_in_another_place(store: Path):
    new = first(content={"original/1": b"one", "original/2": b"two"})
    repository.write_objects([new])
    folder = store / object_prefix(new.object_id) / "v1" / "content"
    one, two = sorted(folder.iterdir())
    swapped = one.read_bytes()
    one.write_bytes(two.read_bytes())
    two.write_bytes(swapped)
    with pytest.raises(Invalid, match="content_damaged"):
        repository.read_content(new.object_id, "original/1")
