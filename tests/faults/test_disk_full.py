"""A store that fills up while records come in: the work stops and says so, goes on when there is room, loses nothing.

Needs root, for a file system of its own (tmpfs) that is made larger while the work waits.
"""

import os
import random
import shutil
import subprocess
from pathlib import Path

import pytest

from harness import Archive, wait_for
from papers import typed_page
from scale import record

FILES, ROUNDS = 10, int(os.environ.get("ROUNDS", "12"))
CHANCE = random.Random(int(os.environ.get("SEED", "3")))
MAY_MOUNT = os.geteuid() == 0 and shutil.which("mount") is not None


@pytest.fixture
def small(tmp_path: Path):
    if not MAY_MOUNT:
        pytest.skip("NOT TRIED: a full disk needs root and `mount` (tmpfs)")
    place = tmp_path / "small"
    place.mkdir()
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", place], capture_output=True, check=False)
    if done.returncode:
        pytest.skip(f"NOT TRIED: no file system may be mounted here: {done.stderr.decode().strip()}")
    yield place
    subprocess.run(["umount", "-l", place], check=True)


def leave_room(place: Path, size: int) -> None:
    """So many bytes more, counted in the pages of a tmpfs."""
    stat = os.statvfs(place)
    total = (stat.f_blocks - stat.f_bfree) * stat.f_frsize + size
    subprocess.run(["mount", "-o", f"remount,size={total}", place], check=True)


@pytest.mark.faults
@pytest.mark.timeout(3600)
def test_a_store_that_fills_up_is_waited_for(small, tmp_path):
    settings = {"ocr_workers": 1, "job_workers": 2, "web_workers": 1, "filing_confidence": 0}
    archive = Archive(settings=settings | {"store": (small / "store").as_uri()})
    try:
        archive.run("series")
        for number in range(ROUNDS):
            fill_up(archive, small, tmp_path / f"batch-{number}", number)
        filed = archive.ask("models.Item.objects.filter(state='filed').count()")
        assert filed == ROUNDS * FILES
        assert archive.json("verify", timeout=600)["differences"] == []
    finally:
        archive.remove()


def fill_up(archive: Archive, small: Path, batch: Path, number: int) -> None:
    batch.mkdir()
    for one in range(FILES):
        (batch / f"{one}.pdf").write_bytes(typed_page("基本医疗保险参保登记表", number * FILES + one))
    room = CHANCE.randrange(8, 400) * 1024
    leave_room(small, room)
    command = ("ingest", str(batch), "--series", "CBGR", "--year", "2024")
    process = archive.spawn(*command)
    mark = archive.home / "run" / "stopped-store_full"
    wait_for(lambda: mark.exists() or process.poll() is not None, 120)
    was_full = mark.exists() or process.poll() == 1  # full while receiving: the command says so and ends
    leave_room(small, 64 << 20)
    if process.wait(300):
        assert "store_full" in archive.log() or "已满" in archive.log() or "full" in archive.log()
        assert archive.json(*command, timeout=600)["quarantined"] == []
    record("disk full", room=room, stopped=was_full)
    assert was_full, "the room left was enough: the test tried nothing"
    mark.unlink(missing_ok=True)
