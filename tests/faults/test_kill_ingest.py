"""Power cuts while records come in: nothing is lost, nothing is there twice, and everything still agrees.

`KILLS=30 pytest tests/faults` makes the long run of 500 files; the short one belongs to every run of the suite.
"""

import os
import random
import time
from pathlib import Path

import pytest

from harness import Archive, kill_tree, wait_for
from papers import typed_page
from yidang.site.runtime.postgres import read_pid_file

KILLS = int(os.environ.get("KILLS", "3"))
FILES = 500 if KILLS > 3 else 80
SEED = int(os.environ.get("SEED", "20260101"))


def draw(folder: Path, count: int) -> None:
    for number in range(count):
        (folder / f"{number:04}.pdf").write_bytes(typed_page("基本医疗保险参保登记表", number))


@pytest.fixture
def archive():
    made = Archive(settings={"ocr_workers": 1, "job_workers": 2, "web_workers": 1, "filing_confidence": 0})
    yield made
    made.remove()


@pytest.mark.timeout(3600)
def test_an_ingest_killed_again_and_again_is_complete_in_the_end(archive, tmp_path):
    draw(tmp_path, FILES)
    command = ("ingest", str(tmp_path), "--series", "CBGR", "--year", "2024")
    chance = random.Random(SEED)
    archive.run("series")  # the first start makes the tables; it has tests of its own
    for _ in range(KILLS):
        process = archive.spawn(*command)
        wait_for(lambda: read_pid_file(archive.home / "postgres").is_ready)
        time.sleep(chance.uniform(0.3, 6))
        kill_tree(process)
    report = archive.json(*command, timeout=1800)
    assert report["quarantined"] == []
    assert report["accepted"] + len(report["duplicates"]) == FILES
    assert filed(archive) == FILES
    assert numbers(archive) == list(range(1, FILES + 1))
    found = archive.json("verify", timeout=600)
    assert found["differences"] == []
    assert archive.json("search", "清河县第一小学")["total"] == FILES


def filed(archive: Archive) -> int:
    assert archive.ask("models.Item.objects.exclude(state='filed').count()") == 0
    return archive.ask("models.Item.objects.filter(state='filed').count()")


def numbers(archive: Archive) -> list[int]:
    """The last part of every 档号: one after the other, none missing, none twice."""
    codes = archive.ask("list(models.Item.objects.values_list('reference_code', flat=True))")
    return sorted(int(code.rsplit("-", 1)[1].rsplit("·", 1)[-1]) for code in codes)
