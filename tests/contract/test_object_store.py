"""What every object store must do, asked of each engine."""

import io
import os
import threading
from pathlib import Path

import pytest
from tests.contract.s3_server import s3_endpoint, s3_store  # noqa: F401 - a fixture is known by its name

from yidang.kernel.errors import Conflict, Invalid, NotFound
from yidang.preservation.adapters.local import LocalStore
from yidang.preservation.adapters.replicated import ReplicatedStore
from yidang.preservation.adapters.s3 import S3Store
from yidang.preservation.ports import Children, ObjectStore


@pytest.fixture(params=["local", "s3", "replicated"])
def store(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ObjectStore:
    if request.param == "local":
        return LocalStore(tmp_path / "store")
    if request.param == "replicated":
        stores = [LocalStore(tmp_path / f"store-{number}") for number in range(3)]
        return ReplicatedStore(stores, quorum=2, notes=tmp_path / "notes")
    endpoint = request.getfixturevalue("s3_endpoint")
    return s3_store(endpoint, monkeypatch)


def contents(store: ObjectStore) -> dict[str, bytes]:
    return {key: read(store, key) for key in store.walk()}


def read(store: ObjectStore, key: str) -> bytes:
    with store.open(key) as source:
        return source.read()


def test_put_and_read(store: ObjectStore):
    store.put("a/b.txt", b"one")
    assert read(store, "a/b.txt") == b"one"
    assert store.stat("a/b.txt").size == 3
    assert store.exists("a/b.txt")
    assert not store.exists("a/b")
    assert not store.exists("a")


def test_put_replaces(store: ObjectStore):
    store.put("a", b"one")
    store.put("a", b"two")
    assert read(store, "a") == b"two"


def test_put_streams(store: ObjectStore):
    data = os.urandom(300_000)
    store.put("big", io.BytesIO(data))
    assert read(store, "big") == data


def test_put_if_absent_never_replaces(store: ObjectStore):
    store.put("a", b"one", if_absent=True)
    with pytest.raises(Conflict, match="key_taken"):
        store.put("a", b"two", if_absent=True)
    with pytest.raises(Conflict, match="key_taken"):
        store.put("a", io.BytesIO(b"two"), if_absent=True)
    assert read(store, "a") == b"one"


def test_of_many_at_once_one_is_first(store: ObjectStore):
    wins: list[int] = []

    def attempt(number: int) -> None:
        try:
            store.put("claim", str(number).encode(), if_absent=True)
        except Conflict:
            return
        wins.append(number)

    threads = [threading.Thread(target=attempt, args=[number]) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(wins) == 1
    assert read(store, "claim") == str(wins[0]).encode()


def test_reads_at_any_place(store: ObjectStore):
    data = bytes(range(256)) * 2000
    store.put("a", data)
    with store.open("a") as source:
        assert source.seek(0, os.SEEK_END) == len(data)
        source.seek(300_001)
        assert source.read(9) == data[300_001:300_010]
        source.seek(-5, os.SEEK_END)
        assert source.read(100) == data[-5:]
        assert source.read(1) == b""
        source.seek(0)
        assert source.read() == data


def test_what_is_absent(store: ObjectStore):
    for ask in (store.open, store.stat):
        with pytest.raises(NotFound, match="content_missing"):
            ask("no/such")
    store.delete("no/such")
    store.delete_prefix("no/")
    assert list(store.walk("no/")) == []
    assert store.children("no/") == Children((), ())


def test_empty_content(store: ObjectStore):
    store.put("empty", b"")
    assert read(store, "empty") == b""
    assert store.stat("empty").size == 0


def test_listing(store: ObjectStore):
    for key in ("x/2", "x/1", "x/y/3", "z", "xx/4"):
        store.put(key, b"")
    assert set(store.walk()) == {"x/1", "x/2", "x/y/3", "z", "xx/4"}
    assert sorted(store.walk("x/")) == ["x/1", "x/2", "x/y/3"]
    assert store.children() == Children(folders=("x", "xx"), files=("z",))
    assert store.children("x/") == Children(folders=("y",), files=("1", "2"))


def test_deleting(store: ObjectStore):
    for key in ("x/1", "x/y/3", "xx/4"):
        store.put(key, b"")
    store.delete("x/1")
    assert sorted(store.walk()) == ["x/y/3", "xx/4"]
    store.delete_prefix("x/")
    assert list(store.walk()) == ["xx/4"]
    assert store.children().folders == ("xx",)


def test_a_batch_appears_when_published(store: ObjectStore):
    with store.batch() as batch:
        for number in range(5):
            draft = batch.draft(f"a/{number}/", claim="v1/claim")
            draft.content("v1/content/x", b"small")
            with draft.sink("v1/content/y") as sink:
                sink.write(b"large")
            draft.control("v1/claim", b"claim")
            draft.control("last", b"last")
        assert not store.exists("a/0/last")
        assert batch.publish() == [True] * 5
    assert contents(store) == {
        f"a/{number}/{name}": data
        for number in range(5)
        for name, data in {
            "v1/content/x": b"small",
            "v1/content/y": b"large",
            "v1/claim": b"claim",
            "last": b"last",
        }.items()
    }


def test_an_unpublished_batch_leaves_nothing(store: ObjectStore):
    with store.batch() as batch:
        batch.draft("a/1/", claim="v1/claim").content("v1/content/x", b"small")
    assert contents(store) == {}


def test_the_second_to_claim_loses_and_leaves_nothing(store: ObjectStore):
    with store.batch() as one, store.batch() as other:
        for batch, mark in ((one, b"one"), (other, b"other")):
            draft = batch.draft("a/1/", claim="v1/claim")
            draft.content(f"v1/content/{mark.decode()}", mark)
            draft.control("v1/claim", mark)
            draft.control("last", mark)
        assert one.publish() == [True]
        assert other.publish() == [False]
    assert contents(store) == {"a/1/v1/content/one": b"one", "a/1/v1/claim": b"one", "a/1/last": b"one"}


def _write(store: ObjectStore, version: str, mark: bytes) -> list[bool]:
    with store.batch() as batch:
        draft = batch.draft("a/1/", claim=f"{version}/claim")
        draft.content(f"{version}/content/{mark.decode()}", mark)
        draft.control(f"{version}/claim", mark)
        draft.control("last", mark)
        return batch.publish()


def test_a_folder_is_extended(store: ObjectStore):
    assert _write(store, "v1", b"one") == [True]
    assert _write(store, "v2", b"two") == [True]
    assert _write(store, "v2", b"three") == [False]
    assert contents(store) == {
        "a/1/v1/content/one": b"one",
        "a/1/v1/claim": b"one",
        "a/1/v2/content/two": b"two",
        "a/1/v2/claim": b"two",
        "a/1/last": b"two",
    }


def test_of_many_extending_at_once_one_is_first(store: ObjectStore):
    _write(store, "v1", b"one")
    outcomes: list[tuple[bytes, bool]] = []

    def attempt(mark: bytes) -> None:
        outcomes.append((mark, _write(store, "v2", mark)[0]))

    threads = [threading.Thread(target=attempt, args=[f"m{number}".encode()]) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    (winner,) = [mark for mark, won in outcomes if won]
    assert len(outcomes) == 6
    assert contents(store) == {
        "a/1/v1/content/one": b"one",
        "a/1/v1/claim": b"one",
        f"a/1/v2/content/{winner.decode()}": winner,
        "a/1/v2/claim": winner,
        "a/1/last": winner,
    }


def test_keys_cannot_leave_the_store(tmp_path: Path):
    store = LocalStore(tmp_path / "store")
    for key in ("../x", "a/../../x", "/etc/passwd", "a//b", ".", "a\0b"):
        with pytest.raises(Invalid, match="key_malformed"):
            store.put(key, b"")


def test_two_stores_in_one_bucket_do_not_meet(
    s3_endpoint: str,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
):
    one = s3_store(s3_endpoint, monkeypatch)
    other = S3Store(bucket=one._bucket, prefix="archive/other", endpoint=s3_endpoint)
    one.put("a", b"one")
    assert list(other.walk()) == []
    assert not other.exists("a")


def test_an_engine_out_of_reach_is_unavailable(monkeypatch: pytest.MonkeyPatch):
    from yidang.kernel.errors import Unavailable

    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    store = S3Store(bucket="b", prefix="", endpoint="http://127.0.0.1:9")
    with pytest.raises(Unavailable, match="store_unreachable"):
        store.put("a", b"")
