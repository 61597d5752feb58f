"""Filing: the 档号, the store, the catalogue and the ledger, all or none."""

import pytest

from yidang.holdings import operations
from yidang.identity.policy import SYSTEM

from .records import draft, ids


@pytest.mark.django_db
def test_files_get_running_numbers_in_the_order_given(scheme):
    items = operations.create_drafts(SYSTEM, [draft(), draft(), draft()])
    filed = operations.file_items(SYSTEM, [items[2].pk, items[0].pk, items[1].pk])
    assert [item.reference_code for item in filed] == [f"J001-ZY·YB·CBGR·2026·D100-{n:06d}" for n in (1, 2, 3)]
    assert ids(filed)[0] == items[2].pk
