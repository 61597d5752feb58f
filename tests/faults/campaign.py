"""Kill -9 at random moments of what a room does, again and again, and what must hold in the end.

A room adds its own fault point by one more `Scenario` in `SCENARIOS`: a command of the real program that does its
work, what must be prepared for a round, and what it promises when the last kill is over.
"""

import random
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

from harness import Archive, kill_tree, running, wait_for
from papers import typed_page
from yidang.site.runtime import postgres

FILES = 8
HERE = Path(__file__).parent
SETTLED = "SELECT id::text FROM intake_receivedfile WHERE outcome NOT IN ('uploading', 'discarded')"
FILED = "SELECT id::text FROM holdings_item WHERE state = 'filed'"


@dataclass
class Stage:
    """One archive, a place for files beside it, and what it has acknowledged so far."""

    archive: Archive
    place: Path
    chance: random.Random
    received: set[str] = field(default_factory=set)
    filed: set[str] = field(default_factory=set)

    def draw(self, number: int) -> Path:
        folder = self.place / f"round-{number}"
        folder.mkdir(exist_ok=True)
        for one in range(number * FILES, (number + 1) * FILES):
            (folder / f"{one:05}.pdf").write_bytes(typed_page("基本医疗保险参保登记表", one))
        return folder

    def ingest(self, folder: Path) -> None:
        report = self.archive.json("ingest", str(folder), "--series", "CBGR", "--year", "2024", timeout=1800)
        assert report["quarantined"] == []


Arguments = tuple[str, ...]


@dataclass(frozen=True)
class Scenario:
    name: str
    command: Callable[[Stage, int], Arguments]
    window: float  # seconds after the database answers in which the kill falls
    settle: Callable[[Stage, int], None]  # when the kills are over; asserts what this room promises


def kill_again_and_again(stage: Stage, scenario: Scenario, kills: int) -> dict[str, object]:
    hit = 0
    began = time.monotonic()
    for number in range(1, kills + 1):
        process = stage.archive.spawn(*scenario.command(stage, number))
        wait_for(
            lambda process=process: is_ready(stage.archive) or not running(process.pid),
            120,
        )
        watch(stage, time.monotonic() + stage.chance.uniform(0, scenario.window))
        hit += running(process.pid)
        kill_tree(process)
    scenario.settle(stage, kills)
    judge(stage)
    return {"kills": kills, "while_working": hit, "seconds": round(time.monotonic() - began)}


def is_ready(archive: Archive) -> bool:
    return postgres.read_pid_file(archive.home / "postgres").is_ready


def watch(stage: Stage, until: float) -> None:
    """Notes what is acknowledged up to the kill: whatever another connection saw was committed."""
    with suppress(psycopg.Error), psycopg.connect(postgres.url(stage.archive.home), autocommit=True) as server:
        while time.monotonic() < until:
            stage.received |= {row[0] for row in server.execute(SETTLED)}
            stage.filed |= {row[0] for row in server.execute(FILED)}
            time.sleep(0.05)
    time.sleep(max(0, until - time.monotonic()))


def judge(stage: Stage) -> None:
    """Nothing acknowledged is lost, no half object, one number each, and everything agrees."""
    found = stage.archive.json("verify", timeout=1800)
    assert found["differences"] == [], found["differences"][:5]
    there = set(
        stage.archive.ask("[str(i) for i in models.Item.objects.filter(state='filed').values_list('id', flat=True)]")
    )
    assert stage.filed - there == set()
    kept = set(stage.archive.ask("[str(i) for i in intake.ReceivedFile.objects.values_list('id', flat=True)]"))
    assert stage.received - kept == set()
    codes = stage.archive.ask(
        "list(models.Item.objects.filter(state='filed').values_list('reference_code', flat=True))"
    )
    assert len(set(codes)) == len(codes)


# Taking in: every round brings new files; what a kill left undone is done by the rounds after it.


def _ingest(stage: Stage, number: int) -> Arguments:
    return ("ingest", str(stage.draw(number)), "--series", "CBGR", "--year", "2024")


def _all_files_are_filed(stage: Stage, kills: int) -> None:
    for number in range(1, kills + 1):
        stage.ingest(stage.place / f"round-{number}")
    assert stage.archive.ask("models.Item.objects.exclude(state='filed').count()") == 0
    assert stage.archive.ask("models.Item.objects.filter(state='filed').count()") == kills * FILES


# New keys: begun and carried on while records are there.


def _rotate(stage: Stage, number: int) -> Arguments:
    if number == 1:
        stage.ingest(stage.draw(0))
    return ("keys", "rotate", "--wait")


def _every_key_opens(stage: Stage, kills: int) -> None:
    stage.archive.json("keys", "rotate", "--wait", timeout=600)
    status = stage.archive.json("keys", "status")
    assert [one["left"] for one in status["families"] if one["left"]] == []
    (stage.place / "more").mkdir()
    (stage.place / "more" / "after.pdf").write_bytes(typed_page("基本医疗保险参保登记表", 99_999))
    stage.ingest(stage.place / "more")


# Copies: a run cut short is completed by the next, and what was copied comes back.


def _copy(stage: Stage, number: int) -> Arguments:
    if number % 10 == 1:
        stage.ingest(stage.draw(number))
    return ("backup", "run", "--to", str(stage.place / "copies"), "--keys-to", str(stage.place / "keys"))


def _copies_come_back(stage: Stage, kills: int) -> None:
    archive = stage.archive
    done = archive.json(*_copy(stage, 0), timeout=600)
    assert done["ok"], done
    where = ("--from", str(stage.place / "copies"), "--keys-from", str(stage.place / "keys"))
    assert archive.json("backup", "check", *where, timeout=600)["differences"] == []
    empty = Archive(settings=dict(archive.settings))
    try:
        root = str(archive.home / "keys" / "root.key")
        assert empty.json("backup", "restore", *where, "--root-key", root, timeout=600)["differences"] == []
        assert empty.json("verify", timeout=600)["differences"] == []
    finally:
        empty.remove()


# Destruction: the keeper of a running server carries on with every list under way, whatever cut it short.

DOOM = f"[__import__('sys').path.insert(0, p) for p in {[str(HERE), str(HERE.parent)]!r}] and __import__('doom').doom()"
ENDED = (
    "[str(i) for i in __import__('yidang.holdings.models', fromlist=['x']).Tombstone.objects.exclude(erased_at=None)"
)
LISTS = "__import__('yidang.disposition.models', fromlist=['x']).DestructionList"


def _destroy(stage: Stage, number: int) -> Arguments:
    folder = stage.place / f"old-{number}"
    folder.mkdir()
    for one in range(number * FILES, (number + 1) * FILES):
        (folder / f"{one:05}.pdf").write_bytes(typed_page("门诊费用报销登记表", one, day="2010年3月1日"))
    report = stage.archive.json("ingest", str(folder), "--series", "DYMZ", "--year", "2010", timeout=600)
    assert report["accepted"] == FILES, report
    stage.archive.ask(DOOM)
    return ("serve", "--port", "0")


def _nothing_of_it_is_left(stage: Stage, kills: int) -> None:
    stage.archive.serve()
    wait_for(lambda: stage.archive.ask(f"{LISTS}.objects.filter(erased_at=None).count()") == 0, 300)
    stage.archive.run("stop")
    ended = set(stage.archive.ask(f"{ENDED}.values_list('item', flat=True)]"))
    assert len(ended) == kills * FILES
    stage.filed -= ended  # these ended by law, not by the kill


SCENARIOS = [
    Scenario("ingest", _ingest, 6.0, _all_files_are_filed),
    Scenario("rotation", _rotate, 2.0, _every_key_opens),
    Scenario("backup", _copy, 3.0, _copies_come_back),
    Scenario("destruction", _destroy, 12.0, _nothing_of_it_is_left),
]
