"""Keys and the root key replaced under a running server while records come in and are read; then everything is lost."""

import time
from pathlib import Path

import pytest

from harness import Archive
from papers import typed_page

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]
SETTINGS = {"ocr_workers": 1, "job_workers": 1, "web_workers": 2, "filing_confidence": 0}
FIRST, SECOND = range(6), range(100, 130)
WORD = "基本医疗保险参保登记表"
SETTLED_SECONDS = 240.0


def draw(folder: Path, numbers: range) -> str:
    folder.mkdir()
    for number in numbers:
        (folder / f"{number:04}.pdf").write_bytes(typed_page(WORD, number))
    return str(folder)


@pytest.fixture
def archive():
    made = Archive(settings=dict(SETTINGS))
    yield made
    made.remove()


@pytest.fixture
def empty():
    made = Archive(settings=dict(SETTINGS))
    yield made
    made.remove()


def reads(archive: Archive, least: int) -> int:
    """Search words and opened pages: both sealed, both by another process than the server's."""
    found = archive.json("search", WORD)
    assert found["total"] >= least, found
    assert archive.get("/sign-in/") == 200
    return found["total"]


def turn_everything(archive: Archive) -> None:
    for change in (("keys", "rotate"), ("keys", "rotate", "--root", "file"), ("keys", "rotate", "--family", "field")):
        assert archive.run(*change).returncode == 0
        reads(archive, len(FIRST))


def settle(archive: Archive) -> dict:
    deadline = time.monotonic() + SETTLED_SECONDS
    while time.monotonic() < deadline:
        status = archive.json("keys", "status")
        if not status["rotating"]:
            return status
        time.sleep(3)
    raise AssertionError(status)


def test_a_new_root_key_under_load_and_then_a_total_loss(archive, empty, tmp_path):
    where = ("--series", "CBGR", "--year", "2024")
    archive.json("ingest", draw(tmp_path / "first", FIRST), *where, timeout=300)
    archive.serve()
    with archive.spawn("ingest", draw(tmp_path / "second", SECOND), *where) as coming:
        turn_everything(archive)
        assert coming.wait(300) == 0, archive.log()
    status = settle(archive)
    assert (status["root"], {one["left"] for one in status["families"]}) == (2, {0})
    assert archive.json("verify", timeout=300)["differences"] == []
    assert reads(archive, len(FIRST) + len(SECOND)) == len(FIRST) + len(SECOND)
    assert "keeper failed" not in archive.log()
    copies, keys = str(tmp_path / "copies"), str(tmp_path / "keys")
    assert archive.json("backup", "run", "--to", copies, "--keys-to", keys, timeout=300)["ok"]
    archive.end()
    root = str(archive.home / "keys" / "root-2.key")
    back = empty.json("backup", "restore", "--from", copies, "--keys-from", keys, "--root-key", root, timeout=300)
    assert back["differences"] == [], back
    assert empty.json("verify", timeout=300)["differences"] == []
    assert empty.json("search", WORD)["total"] == len(FIRST) + len(SECOND)
