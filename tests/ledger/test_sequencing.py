"""Committed rows become a signed log, the same bytes whatever is killed on the way."""

from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import pytest

from yidang.ledger.merkle import leaf_hash, root_of
from yidang.ledger.models import LedgerCheckpoint, LedgerEntry
from yidang.ledger.operations import sequence
from yidang.ledger.sequencing import ledger_folder

Append = Callable[[int], list[UUID]]


def root_from_rows() -> bytes:
    return root_of([leaf_hash(bytes(row.entry)) for row in LedgerEntry.objects.order_by("place__position")])


@pytest.mark.parametrize("batches", [[1], [255, 1], [256], [1, 255, 300], [70, 500, 7, 1000]])
def test_the_checkpoint_covers_every_row(log: Path, append: Append, batches: list[int]) -> None:
    for count in batches:
        append(count)
        assert sequence() == count
    head = ledger_folder().checkpoint()
    assert head.size == sum(batches)
    assert head.root == root_from_rows()
    assert all(key.verifies(head) for key in ledger_folder().public_keys())
    assert LedgerCheckpoint.objects.count() == len(batches) + 1


def test_nothing_to_do_writes_nothing(log: Path) -> None:
    assert sequence() == 0
    assert not log.exists()
