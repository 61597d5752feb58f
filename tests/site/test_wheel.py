"""What is built is complete: installed alone, far from the checkout, it does the whole main job by itself."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
pytestmark = [pytest.mark.slow, pytest.mark.timeout(2400)]


@pytest.fixture(scope="module")
def uv() -> str:
    found = shutil.which("uv") or ROOT / ".uv" / "bin" / "uv"
    if not Path(found).exists():
        pytest.skip("uv is neither on PATH nor in .uv/: run make")
    return str(found)


@pytest.fixture(scope="module")
def installed(uv, tmp_path_factory) -> Path:
    """The program of an environment that holds the wheel and its dependencies, nothing else."""
    folder = tmp_path_factory.mktemp("wheel")
    call(uv, "build", "--quiet", "--wheel", "--out-dir", str(folder), str(ROOT))
    wheel = next(folder.glob("yidang-*.whl"))
    pinned = folder / "pinned.txt"
    call(
        uv, "export", "--quiet", "--frozen", "--no-dev", "--no-emit-project", "--no-hashes", "-o", str(pinned), at=ROOT
    )
    call(uv, "venv", "--quiet", str(folder / "env"))
    python = folder / "env" / "bin" / "python"
    call(uv, "pip", "install", "--quiet", "--python", str(python), "-r", str(pinned), str(wheel))
    return python.with_name("yidang")


def call(*command: str, at: Path | None = None) -> None:
    subprocess.run(command, cwd=at, check=True, timeout=900)


def clean() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith(("YIDANG_", "PYTHON", "DJANGO"))}


def test_the_demonstration_holds_for_every_role(installed, tmp_path):
    home = tmp_path / "home"
    done = subprocess.run(
        [installed, "demo", "--check"],
        cwd=tmp_path,
        env=clean() | {"YIDANG_HOME": str(home)},
        capture_output=True,
        text=True,
        timeout=2000,
        check=False,
    )
    assert done.stdout, done.stderr
    outcome = json.loads(done.stdout)
    wrong = [one for checks in outcome.get("checks", {}).values() for one in checks if not one["ok"]]
    assert wrong == [], (home / "run" / "demo.log").read_text()[-4000:]
    assert outcome.get("ok") is True, outcome
    assert done.returncode == 0
    assert {"anonymous", "archivist", "reader", "system_admin"} <= set(outcome["checks"])
