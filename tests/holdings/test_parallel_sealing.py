"""Archivists who split, merge, undo, seal and supplement at the same time: numbers stay gap-free, nothing is lost."""

import os
import random
from collections.abc import Sequence
from contextlib import suppress
from multiprocessing import get_context
from uuid import UUID

import pytest
from django.db import connections

from yidang.holdings import operations
from yidang.holdings.models import Item, ItemState, Volume
from yidang.holdings.operations.volume_steps import in_order
from yidang.holdings.scheme import load_scheme
from yidang.holdings.verify import verify
from yidang.identity.policy import SYSTEM
from yidang.kernel.errors import DomainError
from yidang.kernel.reference_code import parse

from .records import describing, draft, ids
from .test_verify import clear_store

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

ARCHIVISTS = 4
VOLUMES = 6
ITEMS = 5
STEPS = 25
FORK = get_context("fork")


def arrange(volumes: Sequence[UUID], seed: int) -> None:
    """A step may be refused because another came first; it never fails otherwise."""
    chance = random.Random(seed)
    for _ in range(STEPS):
        with suppress(DomainError):
            step(chance, chance.choice(volumes), chance.choice(volumes))
    os._exit(0)  # no pytest, no atexit: this process was borrowed from the test


def step(chance: random.Random, volume: UUID, other: UUID) -> None:
    inside = list(in_order(Item.objects.filter(volume=volume)).values_list("pk", flat=True))
    taken = chance.sample(inside, min(len(inside), 2))
    match chance.choice(["split", "merge", "undo", "order", "take", "seal"]):
        case "split":
            operations.split_volume(SYSTEM, volume_id=volume, item_ids=taken, description=describing("分卷"))
        case "merge":
            operations.merge_volumes(SYSTEM, volume_id=volume, others=[other])
        case "undo":
            operations.undo_step(SYSTEM, volume_id=volume)
        case "order":
            operations.order_volume(SYSTEM, volume_id=volume, order=chance.sample(inside, len(inside)))
        case "take":
            operations.take_from_volume(SYSTEM, volume_id=volume, item_ids=taken)
            operations.add_to_volume(SYSTEM, volume_id=other, item_ids=taken)
        case "seal" if chance.random() < 0.3:
            operations.seal_volume(SYSTEM, volume_id=volume)


@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_numbers_stay_gap_free_whoever_arranges_at_once():
    load_scheme()
    clear_store()
    volumes = [filled() for _ in range(VOLUMES)]
    connections.close_all()
    workers = [FORK.Process(target=arrange, args=(volumes, seed)) for seed in range(ARCHIVISTS)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(timeout=120)
        assert worker.exitcode == 0
    operations.finish_interrupted()
    seal_the_rest()
    assert_whole()


def filled() -> UUID:
    volume = operations.create_volume(SYSTEM, series="CWPZ", year=2026, description=describing("凭证"))
    items = operations.create_drafts(SYSTEM, [draft(series="CWPZ") for _ in range(ITEMS)])
    operations.add_to_volume(SYSTEM, volume_id=volume.pk, item_ids=ids(items))
    return volume.pk


def seal_the_rest() -> None:
    """What was left loose is a supplement to the first volume."""
    for volume in Volume.objects.filter(sealed_at=None, dissolved_at=None, items__isnull=False).distinct():
        operations.seal_volume(SYSTEM, volume_id=volume.pk)
    first = Volume.objects.filter(sealed_at__isnull=False).order_by("reference_code").first()
    if loose := list(Item.objects.filter(volume=None).values_list("pk", flat=True)):
        operations.supplement_volume(SYSTEM, volume_id=first.pk, item_ids=loose, cause="left_out", note="散件")


def assert_whole() -> None:
    assert Item.objects.count() == VOLUMES * ITEMS
    assert set(Item.objects.values_list("state", flat=True)) == {ItemState.FILED}
    sealed = Volume.objects.filter(sealed_at__isnull=False).order_by("reference_code")
    assert [parse(volume.reference_code).number for volume in sealed] == list(range(1, len(sealed) + 1))
    for volume in sealed:
        numbers = sorted(parse(item.reference_code).number for item in volume.items.all())
        assert numbers == list(range(1, len(numbers) + 1))
    assert verify().differences == []
