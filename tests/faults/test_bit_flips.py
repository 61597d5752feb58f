"""Random bits flipped in store, copies and ledger: every one is found, and healed where another copy is good."""

import json
import os
import random
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import settings

from preservation.builders import first
from scale import many, record
from yidang.crypto.keys import vault
from yidang.ledger.audit import verify_ledger
from yidang.ledger.events import NewEvent
from yidang.ledger.operations import append_many, sequence
from yidang.preservation import repository
from yidang.preservation.copies.checking import check
from yidang.preservation.copies.deposit import HEAD, open_deposit
from yidang.preservation.copies.manifest import Run, write_run
from yidang.preservation.copies.store_copy import StoreCopy
from yidang.preservation.scrubbing import Scrub, nobody_remembers
from yidang.preservation.store import object_store

CHANCE = random.Random(int(os.environ.get("SEED", "1")))
IN_ONE_SCRUB = 20


@pytest.fixture
def stores(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    home, others = tmp_path / "home", [tmp_path / "copy-1", tmp_path / "copy-2"]
    places = " ".join(one.as_uri() for one in others)
    monkeypatch.setattr(settings, "YIDANG", replace(settings.YIDANG, home=home, store="", replicas=places))
    object_store()
    repository.write_objects([first(content={"original/1": bytes([n]) * 900, "text": b"x" * 50}) for n in range(30)])
    return [home / "store", *others]


def flip(path: Path) -> bytes:
    good = path.read_bytes()
    bad = bytearray(good)
    bad[CHANCE.randrange(len(bad))] ^= 1 << CHANCE.randrange(8)
    path.write_bytes(bad)
    return good


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.timeout(3600)
def test_every_bit_flipped_in_a_store_is_found_and_healed(stores):
    good, flips = files(stores[0]), many(40, 400)
    for _ in range(flips // IN_ONE_SCRUB):
        hit = CHANCE.sample(sorted(good), IN_ONE_SCRUB)  # each file in one store: two of its copies stay good
        for name in hit:
            flip(CHANCE.choice(stores) / name)
        found = Scrub(object_store(), nobody_remembers, repair=True).run()
        assert {one["path"] for one in found.differences} == set(hit)
        assert all(one["healed"] for one in found.differences)
    assert all(files(store) == good for store in stores)
    record("bit flips: store", flips=flips, found=flips, healed=flips)


@pytest.mark.timeout(3600)
def test_every_bit_flipped_in_the_copies_is_found(stores, tmp_path):
    place = tmp_path / "copies"
    deposit = open_deposit(str(place), vault(), may_create=True)
    copied = StoreCopy("main", object_store(), deposit, {}).run(())
    moment = "2026-11-21T00:00:00+00:00"
    write_run(
        deposit,
        Run(
            name="runs/20261121T000000000000Z-00000000",
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
        ),
    )
    paths, flips = sorted(one for one in place.rglob("*") if one.is_file() and one.name != HEAD), many(30, 300)
    for _ in range(flips):
        path = CHANCE.choice(paths)
        good = flip(path)
        found = check(open_deposit(str(place), vault(), may_create=False))
        assert {one["path"] for one in found.differences} == {str(path.relative_to(place))}
        path.write_bytes(good)
    record("bit flips: copies", flips=flips, found=flips)


def means_the_same(path: Path, good: bytes) -> bool:
    """White space of the one JSON file, or its remark on when the log was made, which nothing relies on."""
    if path.name != "log.json":
        return False
    with suppress(ValueError):
        now, before = json.loads(path.read_bytes()), json.loads(good)
        return all(now.get(name) == before[name] for name in ("format", "hash", "origin"))
    return False


@pytest.mark.timeout(3600)
@pytest.mark.django_db(transaction=True)
def test_every_bit_flipped_in_the_ledger_is_found(tmp_path, monkeypatch):
    monkeypatch.setattr(settings, "YIDANG", replace(settings.YIDANG, home=tmp_path / "home"))
    from django.db import transaction

    with transaction.atomic():
        append_many([NewEvent(action="page.viewed", actor="u1", facts={"n": n}) for n in range(300)])
    sequence()
    log = tmp_path / "home" / "ledger"
    assert verify_ledger() == []
    paths = sorted(one for one in log.rglob("*") if one.is_file() and one.stat().st_size)
    flips, unseen = many(20, 300), []
    for _ in range(flips):
        path = CHANCE.choice(paths)
        good = flip(path)
        if not verify_ledger() and not means_the_same(path, good):
            unseen.append(str(path.relative_to(log)))
        path.write_bytes(good)
    record("bit flips: ledger", flips=flips, found=flips - len(unseen), unseen=sorted(set(unseen)))
    assert unseen == []
