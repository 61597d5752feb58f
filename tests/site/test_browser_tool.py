"""`make test` says loudly when the browser journeys cannot run, and runs everything else all the same."""

import subprocess
import sys
from pathlib import Path

TOOL = Path(__file__).parents[2] / "tools" / "browser.py"


def run(path: Path) -> subprocess.CompletedProcess[str]:
    program = [sys.executable, str(TOOL)]
    return subprocess.run(program, env={"PATH": str(path)}, capture_output=True, text=True, check=False, timeout=60)


def test_a_machine_without_a_browser_and_without_apt_is_told_loudly(tmp_path):
    told = run(tmp_path)
    assert told.returncode == 0
    assert "NO CHROMIUM" in told.stderr
    assert "THE BROWSER JOURNEYS WILL NOT RUN" in told.stderr


def test_a_machine_with_a_browser_is_not_bothered(tmp_path):
    (tmp_path / "chromium").write_text("#!/bin/sh\n")
    (tmp_path / "fc-list").write_text("#!/bin/sh\necho a font\n")
    for program in tmp_path.iterdir():
        program.chmod(0o755)
    told = run(tmp_path)
    assert (told.returncode, told.stdout, told.stderr) == (0, "", "")
