"""Every parser of what comes from outside, fed spoiled files in a child of little memory: read or refused, no more."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from spoiling import PARSERS

from scale import IS_FULL, many, record

SCRIPT = Path(__file__).with_name("spoiling.py")


@pytest.mark.timeout(1800)
@pytest.mark.parametrize("parser", sorted(PARSERS))
def test_no_spoiled_file_breaks_the_parser(parser, tmp_path):
    seed = os.environ.get("SEED", "1")
    done = subprocess.run(
        [sys.executable, "-W", "ignore", SCRIPT, parser, str(many(40, 1000)), seed],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=1700,
        check=False,
    )
    told = re.search(r"COUNT (\d+) REFUSED (\d+) BROKEN (\d+)", done.stdout)
    assert told, f"the child died ({done.returncode}): {done.stdout[-800:]} {done.stderr[-800:]}"
    if IS_FULL:
        record(f"fuzz: {parser}", spoiled=int(told[1]), refused=int(told[2]), broken=int(told[3]))
    assert done.returncode == 0, done.stdout
