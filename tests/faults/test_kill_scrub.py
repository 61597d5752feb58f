"""A repairing scrub killed at any moment: no good copy is harmed, and the next one finishes what it began."""

import multiprocessing
import os
import random
from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import settings

from preservation.builders import first
from scale import many, record
from yidang.preservation import repository
from yidang.preservation.scrubbing import Scrub, nobody_remembers
from yidang.preservation.store import object_store

CHANCE = random.Random(int(os.environ.get("SEED", "1")))
FORK = multiprocessing.get_context("fork")


@pytest.fixture
def stores(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    home, others = tmp_path / "home", [tmp_path / "copy-1", tmp_path / "copy-2"]
    places = " ".join(one.as_uri() for one in others)
    monkeypatch.setattr(settings, "YIDANG", replace(settings.YIDANG, home=home, store="", replicas=places))
    object_store()
    repository.write_objects([first(content={"original/1": bytes([n]) * 900, "text": b"x" * 50}) for n in range(12)])
    return [home / "store", *others]


def spoil(stores: list[Path], good: dict[str, bytes]) -> None:
    """Each file in one store at most, so that two of its copies stay good."""
    for name in CHANCE.sample(sorted(good), len(good) // 3):
        path = CHANCE.choice(stores) / name
        path.write_bytes(good[name][: len(good[name]) // 2] + b"?")


def scrub() -> None:
    Scrub(object_store(), nobody_remembers, repair=True).run()


def killed_after(seconds: float) -> bool:
    process = FORK.Process(target=scrub)
    process.start()
    process.join(seconds)
    was_running = process.is_alive()
    process.kill()
    process.join()
    return was_running


@pytest.mark.timeout(1800)
def test_a_scrub_killed_anywhere_harms_no_good_copy(stores):
    good = {str(path.relative_to(stores[0])): path.read_bytes() for path in stores[0].rglob("*") if path.is_file()}
    spoil(stores, good)
    hit, rounds = 0, many(6, 60)
    for _ in range(rounds):
        hit += killed_after(CHANCE.uniform(0.02, 0.4))
        for name, data in good.items():
            assert sum((store / name).read_bytes() == data for store in stores if (store / name).exists()) >= 2, name
    scrub()
    assert all((store / name).read_bytes() == data for store in stores for name, data in good.items())
    record("kills while scrubbing", kills=rounds, while_working=hit)
