"""A kill at any moment of sequencing is completed by the next call, to the same bytes."""

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

import pytest
from django.db import connection

from yidang.crypto import signatures
from yidang.identity.reach import as_owner
from yidang.ledger import sequencing, verifier, writing
from yidang.ledger.audit import verify_ledger
from yidang.ledger.merkle import fold, leaf_hash
from yidang.ledger.models import LedgerEntry
from yidang.ledger.operations import sequence
from yidang.ledger.sequencing import ledger_folder
from yidang.ledger.tiles import pack_entries

Append = Callable[[int], list[UUID]]


class Killed(BaseException):
    """Not an Exception: nothing may catch it on the way, as nothing catches SIGKILL."""


@contextmanager
def killed_at(step: int, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """Dies when the `step`-th flush, rename, write, removal or record is about to happen."""
    count = [0]

    def watched(work: Callable[..., object]) -> Callable[..., object]:
        def step_by_step(*args: object, **kwargs: object) -> object:
            count[0] += 1
            if count[0] == step:
                raise Killed
            return work(*args, **kwargs)

        return step_by_step

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", watched(os.fsync))
        patch.setattr(Path, "replace", watched(Path.replace))
        patch.setattr(writing.LedgerWriter, "_write", watched(writing.LedgerWriter._write))
        patch.setattr(shutil, "rmtree", watched(shutil.rmtree))
        patch.setattr(sequencing, "_record", watched(sequencing._record))
        patch.setattr(os, "link", watched(os.link))
        try:
            yield count
        except Killed:
            count[0] = -1


def tiles_from_rows() -> dict[str, bytes]:
    """The full tiles and bundles of the lowest two levels, computed anew."""
    entries = [bytes(row.entry) for row in LedgerEntry.objects.order_by("place__position")]
    full = [entries[start : start + 256] for start in range(0, len(entries) - 255, 256)]
    leaves = [b"".join(leaf_hash(entry) for entry in piece) for piece in full]
    expected = {f"tile/entries/{number:03d}": pack_entries(piece) for number, piece in enumerate(full)}
    expected |= {f"tile/0/{number:03d}": piece for number, piece in enumerate(leaves)}
    return expected | {f"tile/1/000.p/{len(full)}": b"".join(fold(piece) for piece in leaves)}


def start_afresh(log: Path) -> None:
    shutil.rmtree(log, ignore_errors=True)
    shutil.rmtree(log.parent / "ledger-keys", ignore_errors=True)
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("TRUNCATE ledger_entry, ledger_position, ledger_waiting, ledger_checkpoint")


@pytest.fixture
def quick_sm2(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is signed matters here, not with what: SM2 in Python would take most of the time."""
    monkeypatch.setattr(signatures, "_sm2_sign", lambda *_: bytes(64))
    monkeypatch.setattr(verifier, "sm2_verify", lambda *_: True)


@pytest.mark.usefixtures("quick_sm2")
@pytest.mark.parametrize("already", [0, 250], ids=["making the log", "growing over a tile's edge"])
def test_killed_at_every_step(log: Path, append: Append, monkeypatch: pytest.MonkeyPatch, already: int) -> None:
    for step in range(1, 200, 2):
        start_afresh(log)
        append(already)
        sequence()
        append(300)
        with killed_at(step, monkeypatch) as count:
            sequence()
        was_killed = count[0] == -1
        append(30)  # arrives after the restart
        sequence()
        assert verify_ledger() == [], step
        assert ledger_folder().checkpoint().size == already + 330
        for path, content in tiles_from_rows().items():
            assert (log / path).read_bytes() == content, step
        if not was_killed:
            break
    assert step > 15


def test_a_checkpoint_torn_anywhere(log: Path, append: Append) -> None:
    append(10)
    sequence()
    before, held = (log / "checkpoint").read_bytes(), len((log / "checkpoints").read_bytes())
    append(10)
    sequence()
    whole = (log / "checkpoints").read_bytes()
    for end in [held, held + 1, held + 20, len(whole) - 90, len(whole) - 1, len(whole)]:
        (log / "checkpoint").write_bytes(before)
        (log / "checkpoints").write_bytes(whole[:end])
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM ledger_checkpoint WHERE size > 10")
        sequence()
        assert verify_ledger() == [], end
        assert ledger_folder().checkpoint().size == 20


def test_many_at_once(log: Path, append: Append) -> None:
    """Appending and sequencing from several sides: every entry in the log once."""

    def work() -> None:
        for _ in range(10):
            append(7)
            sequence()
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    sequence()
    assert ledger_folder().checkpoint().size == 280
    assert verify_ledger() == []
