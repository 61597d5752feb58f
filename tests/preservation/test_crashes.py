"""Killed, or out of room, at any call to the file system: the old state or the new, never anything between."""

import errno
import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import pytest
from tests.preservation.builders import ITEM, first, second, version

from yidang.kernel.errors import Unavailable
from yidang.preservation import fixity, repository, staging
from yidang.preservation.adapters import local_batch, workbench
from yidang.preservation.layout import object_prefix
from yidang.preservation.ocfl_validator import validate
from yidang.preservation.store import object_store


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(local_batch, "sync_filesystem", no_wait)
    monkeypatch.setattr(os, "fsync", no_wait)


FORK = multiprocessing.get_context("fork")


@dataclass
class Calls:
    """Counts the calls that change the disk, and does something at one of them."""

    at: int
    happen: Callable[[], object]
    count: int = 0

    def step(self) -> None:
        self.count += 1
        if self.count == self.at:
            self.happen()


def watch(monkeypatch: pytest.MonkeyPatch, calls: Calls) -> None:
    def watched(real: Callable[..., object]) -> Callable[..., object]:
        def call(*arguments: object, **options: object) -> object:
            calls.step()
            return real(*arguments, **options)

        return call

    for name in ("mkdir", "write", "rename", "link", "replace", "unlink"):
        monkeypatch.setattr(os, name, watched(getattr(os, name)))
    monkeypatch.setattr(os, "fsync", watched(no_wait))
    monkeypatch.setattr(local_batch, "exchange", watched(local_batch.exchange))
    monkeypatch.setattr(local_batch, "sync_filesystem", watched(no_wait))
    monkeypatch.setattr(workbench, "remove_tree", watched(workbench.remove_tree))


def no_wait(_: object) -> None:
    """A kill loses nothing that the kernel has; only these tests' own time is saved."""


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def killed_at(monkeypatch: pytest.MonkeyPatch, number: int, work: Callable[[], object]) -> bool:
    """Does the work in a process that dies at its nth call; False when the work needs no so many."""

    def run() -> None:
        watch(monkeypatch, Calls(number, die))
        work()
        os._exit(0)

    process = FORK.Process(target=run)
    process.start()
    process.join(60)
    return process.exitcode == -signal.SIGKILL


def points(monkeypatch: pytest.MonkeyPatch, work: Callable[[], object]) -> Iterator[int]:
    for number in range(1, 500):
        if not killed_at(monkeypatch, number, work):
            assert number > 5
            return
        yield number
    raise AssertionError


def check_sound(store: Path) -> None:
    """Without any mending: what is in sight is whole."""
    assert validate(store).codes() == set()
    wrong = {difference.code for difference in fixity.verify_all(processes=1)}
    assert wrong <= {"key_without_content"}  # keys come first


def test_a_filing_killed_anywhere(store: Path, monkeypatch: pytest.MonkeyPatch):
    for _ in points(monkeypatch, lambda: repository.write_objects([first()])):
        check_sound(store)
    repository.sweep()
    assert [path.name for path in (store.parent / "store.staging").iterdir() if path.is_dir()] == []


def test_a_batch_killed_anywhere(store: Path, monkeypatch: pytest.MonkeyPatch):
    batch = [first(content={"text": b"x"}) for _ in range(2)]
    ids = {new.object_id for new in batch}
    for _ in points(monkeypatch, lambda: repository.write_objects(batch)):
        check_sound(store)
        there = set(repository.object_ids()) & ids
        for receipt in repository.write_objects(batch):  # the retry finishes what is missing
            assert receipt.is_adopted == (receipt.object_id in there)
        for object_id in ids:
            repository.purge(object_id)
    check_sound(store)


@pytest.mark.parametrize("has_exchange", [True, False])
def test_a_revision_killed_anywhere(store: Path, monkeypatch: pytest.MonkeyPatch, *, has_exchange: bool):
    if not has_exchange:
        monkeypatch.setattr(local_batch, "exchange", lambda *_: False)
    new = first()
    repository.write_objects([new])
    revision = second(new.object_id)
    seen = set()
    number = 0
    while killed_at(monkeypatch, number := number + 1, lambda: repository.write_objects([revision])):
        if not has_exchange:
            repository.sweep()  # on such a file system, the start after the crash mends it
        check_sound(store)
        head = repository.versions(new.object_id)[-1]
        seen.add(head)
        expected = ITEM["description"] if head == 1 else b"changed"
        assert repository.read_content(new.object_id, "description") == expected
        if head == 2:  # new from here on: the retry adopts it, and the next round begins anew
            assert repository.write_objects([revision])[0].is_adopted
            repository.purge(new.object_id)
            repository.write_objects([new])
    assert seen == {1, 2}
    repository.sweep()
    assert repository.versions(new.object_id) == [1, 2]
    check_sound(store)


@pytest.mark.parametrize(
    ("number", "code", "points"),
    [
        (errno.ENOSPC, "store_full", range(1, 200)),
        (errno.EDQUOT, "store_full", range(1, 200, 19)),
        (errno.EROFS, "store_read_only", range(1, 200, 19)),
    ],
)
def test_a_full_or_read_only_disk_leaves_no_half_objects(
    store: Path, monkeypatch: pytest.MonkeyPatch, number: int, code: str, points: range
):
    def fail() -> None:
        raise OSError(number, os.strerror(number))

    for at in points:
        old = first(content={"original/1": b"x", "text": b"y", "provenance": b"z"})
        repository.write_objects([old])
        batch = [first(content={"text": b"x"}), second(old.object_id)]
        calls = Calls(at, fail)
        with monkeypatch.context() as patch:
            watch(patch, calls)
            assert _failure(batch) in {code, None}
        check_sound(store)
        assert [receipt.number for receipt in repository.write_objects(batch)] == [1, 2]
        if calls.count < at:
            assert at > 20
            break
        for new in batch:
            object_store().delete_prefix(object_prefix(new.object_id))
    repository.sweep()  # a bench that could not be cleared away just then
    assert [path for path in (store.parent / "store.staging").iterdir() if path.is_dir()] == []


def _failure(batch: list[repository.NewVersion]) -> str | None:
    try:
        repository.write_objects(batch)
    except Unavailable as problem:
        return problem.code if problem.retryable else "for ever"
    return None


def test_staging_on_a_full_disk(home: Path, monkeypatch: pytest.MonkeyPatch):
    def full(*arguments: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    staging_id = staging.put(b"before")
    with monkeypatch.context() as patch:
        patch.setattr(os, "write", full)
        patch.setattr(os, "fsync", full)
        with pytest.raises(Unavailable, match="store_full"):
            staging.put(b"more")
        with pytest.raises(Unavailable, match="store_full"):
            staging.append(staging_id, 6, b" and after")
    assert staging.read(staging_id) in {b"before", b"before and after"}
    assert staging.append(staging_id, 6, b" and after") == 16
    assert staging.read(staging_id) == b"before and after"


def test_a_store_that_may_not_be_written_to(store: Path, monkeypatch: pytest.MonkeyPatch):
    if os.getuid() == 0:
        pytest.skip("root may write anywhere")
    store.parent.chmod(0o500)
    try:
        with pytest.raises(Unavailable, match="store_read_only"):
            repository.write_objects([first()])
    finally:
        store.parent.chmod(0o700)


def _write(batch: list, results: "multiprocessing.Queue[tuple[bool, str]]") -> None:
    for receipt in repository.write_objects(batch):
        results.put((receipt.is_adopted, receipt.inventory_sha512))


def test_processes_writing_the_same_objects(store: Path):
    batch = [first(content={"text": b"x" * 5000}) for _ in range(20)]
    results = FORK.Queue()
    writers = [FORK.Process(target=_write, args=[batch, results]) for _ in range(4)]
    for writer in writers:
        writer.start()
    told = [results.get(timeout=60) for _ in range(80)]
    for writer in writers:
        writer.join(60)
        assert writer.exitcode == 0
    assert sum(not is_adopted for is_adopted, _ in told) == 20
    assert len({digest for _, digest in told}) == 20
    check_sound(store)
    assert list(fixity.verify_all(processes=1)) == []


def _revise(object_id: UUID, text: bytes, results: "multiprocessing.Queue[str]") -> None:
    try:
        repository.write_objects([version(object_id, 2, {"text": text}, ["original/1"])])
        results.put("written")
    except Exception as problem:  # noqa: BLE001 - whatever it is, the parent judges it
        results.put(str(problem))


def test_processes_revising_the_same_object_differently(store: Path):
    new = first(content={"original/1": b"x", "text": b"one"})
    repository.write_objects([new])
    results = FORK.Queue()
    writers = [
        FORK.Process(target=_revise, args=[new.object_id, f"text {number}".encode(), results]) for number in range(4)
    ]
    for writer in writers:
        writer.start()
    told = sorted(results.get(timeout=60) for _ in writers)
    for writer in writers:
        writer.join(60)
    assert told == ["version_differs"] * 3 + ["written"]
    assert repository.versions(new.object_id) == [1, 2]
    check_sound(store)


def test_a_store_that_is_a_mount_drafts_inside(store: Path, monkeypatch: pytest.MonkeyPatch):
    (store.parent / "store.staging").rename(store.parent / "elsewhere")
    monkeypatch.setattr(workbench, "_same_device", lambda _: False)
    new = first()
    repository.write_objects([new])
    assert killed_at(monkeypatch, 9, lambda: repository.write_objects([first()]))
    assert repository.sweep() == 1
    repository.write_objects([second(new.object_id)])
    assert {difference.code for difference in fixity.verify_all(processes=1)} == {"key_without_content"}
    assert validate(store).codes() == {"W016"}


def test_the_benches_of_the_living_are_left_alone(store: Path):
    with object_store().batch() as batch:
        batch.draft("ab/x/", claim="c").content("c", b"x")
        assert repository.sweep() == 0
        assert batch.publish() == [True]
