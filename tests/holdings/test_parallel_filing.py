"""Eight writers at once, some of them killed: numbers stay gap-free, nothing is filed twice or lost."""

import os
import random
import signal
import time
from collections.abc import Sequence
from multiprocessing import get_context
from uuid import UUID

import pytest
from django.db import connections

from yidang.holdings import operations
from yidang.holdings.models import Item, ItemState
from yidang.holdings.scheme import load_scheme
from yidang.holdings.verify import verify
from yidang.identity.policy import SYSTEM
from yidang.ledger.models import LedgerEntry

from .records import draft, ids
from .test_verify import clear_store

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

WRITERS = 8
ITEMS = 160
KILLS = 10
FORK = get_context("fork")


def write(items: Sequence[UUID], seed: int) -> None:
    """Files overlapping handfuls of the same items until all have been tried."""
    chance = random.Random(seed)
    mixed = chance.sample(items, len(items))
    for start in range(0, len(mixed), 10):
        operations.file_items(SYSTEM, mixed[start : start + 10])
    os._exit(0)  # no pytest, no atexit: this process was borrowed from the test


def start_writer(items: Sequence[UUID], seed: int):
    writer = FORK.Process(target=write, args=(items, seed))
    writer.start()
    return writer


@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_numbers_stay_gap_free_under_parallel_writers_and_kills():
    load_scheme()
    clear_store()
    items = ids(operations.create_drafts(SYSTEM, [draft() for _ in range(ITEMS)]))
    connections.close_all()
    writers = [start_writer(items, seed) for seed in range(WRITERS)]
    chance = random.Random(7)
    for kill in range(KILLS):
        time.sleep(chance.uniform(0.02, 0.25))
        victim = chance.randrange(WRITERS)
        os.kill(writers[victim].pid, signal.SIGKILL)
        writers[victim].join()
        writers[victim] = start_writer(items, WRITERS + kill)
    for writer in writers:
        writer.join(timeout=120)
        assert writer.exitcode == 0
    operations.finish_interrupted()
    numbers = sorted(code[-6:] for code in Item.objects.values_list("reference_code", flat=True))
    assert numbers == [f"{n:06d}" for n in range(1, ITEMS + 1)]
    assert set(Item.objects.values_list("state", flat=True)) == {ItemState.FILED}
    assert LedgerEntry.objects.filter(action="item.filed").count() == ITEMS
    assert verify().differences == []
