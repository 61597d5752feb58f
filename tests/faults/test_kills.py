"""Two hundred power cuts in the full run: taking in, new keys and copies, each at random moments."""

import os
import random

import pytest
from campaign import SCENARIOS, Stage, kill_again_and_again

from scale import IS_FULL, record

SHARES = {"ingest": 100, "rotation": 50, "backup": 50, "destruction": 30}
SEED = int(os.environ.get("SEED", "20260101"))


def kills_of(name: str) -> int:
    """Ingest and backup are killed in every run of the suite elsewhere; here only in the full one."""
    return int(os.environ.get("KILLS_" + name.upper(), SHARES.get(name, 20))) if IS_FULL else 2


@pytest.mark.timeout(7200)
@pytest.mark.parametrize(
    "scenario",
    [pytest.param(one, marks=[] if one.name == "rotation" else pytest.mark.faults, id=one.name) for one in SCENARIOS],
)
def test_killed_again_and_again_it_holds_what_it_promised(scenario, archive, tmp_path):
    archive.run("series")
    stage = Stage(archive, tmp_path, random.Random(SEED))
    record(f"kills: {scenario.name}", **kill_again_and_again(stage, scenario, kills_of(scenario.name)))
