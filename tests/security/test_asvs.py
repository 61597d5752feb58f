"""The table of ASVS names only tests that exist, and gives every row its verdict."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROWS = re.findall(
    r"^\| (\d[^|]*) \| (.) \| (.*)\|$", (ROOT / "docs" / "asvs.md").read_text(encoding="utf-8"), re.MULTILINE
)
TESTS = sorted({name for _, _, why in ROWS for name in re.findall(r"`(tests/[^`]+)`", why)})


@pytest.mark.parametrize("name", TESTS)
def test_every_named_test_exists(name):
    path, _, function = name.partition("::")
    source = (ROOT / path).read_text(encoding="utf-8")
    assert not function or f"def {function}(" in source


def test_every_row_has_a_verdict_and_a_tested_one_names_its_test():
    assert len(ROWS) > 120
    assert {verdict for _, verdict, _ in ROWS} <= set("TRN–")
    assert [number for number, verdict, why in ROWS if verdict == "T" and "`tests/" not in why] == []
    assert [number for number, verdict, why in ROWS if verdict in "RN" and not why.strip()] == []
