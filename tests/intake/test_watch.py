"""A reader that never comes back ends its process, so that its file is counted and the work goes on."""

import subprocess
import sys

CODE = """
import time
from yidang.intake.operations import watch
{switch}
with watch.watched(1):
    time.sleep({seconds})
print("came back")
"""


def run(*, switch: str, seconds: float) -> subprocess.CompletedProcess[str]:
    code = CODE.format(switch=switch, seconds=seconds)
    prepare = "import django; django.setup()\n"
    return subprocess.run(
        [sys.executable, "-c", prepare + code], capture_output=True, text=True, check=False, timeout=60
    )


def test_a_hanging_reader_is_ended():
    ended = run(switch="watch.switch_on()", seconds=30)
    assert ended.returncode != 0
    assert "came back" not in ended.stdout


def test_a_quick_reader_and_one_outside_a_worker_are_left_alone():
    assert "came back" in run(switch="watch.switch_on()", seconds=0).stdout
    assert "came back" in run(switch="", seconds=1.2).stdout
