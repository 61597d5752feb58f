"""A rebuild names every table that it cannot bring back."""

from yidang.site.restoring import tables_lost


def test_what_is_restored_is_not_named_lost_and_all_else_is():
    lost = tables_lost()
    assert "holdings_item" not in lost["holdings"]
    assert "holdings_hold" in lost["holdings"]
    assert "checks_run" not in lost["checks"]
    assert "storeroom_place" not in lost["storeroom"]
    assert "storeroom_reading" in lost["storeroom"]
    assert "access_loan" in lost["access"]
    assert "quality_case" in lost["quality"]
    assert "ledger" not in lost
