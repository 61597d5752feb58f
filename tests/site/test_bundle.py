"""One file brings the whole program into a house without internet: install, upgrade with a copy first, go back."""

import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ("src", "hatch_build.py", "README.md", "LICENSE", "pyproject.toml", "uv.lock")
MIGRATION = """from django.db import migrations
class Migration(migrations.Migration):
    dependencies = [("workflow", "{last}")]
    operations = [migrations.RunSQL("{sql}")]
"""
pytestmark = [pytest.mark.slow, pytest.mark.timeout(2400)]


def clean() -> dict[str, str]:
    """No network may be asked for anything, and nothing of the checkout is in sight."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("YIDANG_", "PYTHON", "DJANGO"))}
    return kept | {"YIDANG_LANGUAGE": "en", "UV_OFFLINE": "1", "UV_CACHE_DIR": "/nonexistent", "UV_NO_CACHE": "1"}


def run(*command: object, at: Path, **more: str) -> subprocess.CompletedProcess[str]:
    words = [str(part) for part in command]
    return subprocess.run(words, cwd=at, env=clean() | more, capture_output=True, text=True, timeout=2000, check=False)


@pytest.fixture(scope="module")
def uv() -> Path:
    found = Path(shutil.which("uv") or ROOT / ".uv" / "bin" / "uv")
    if not found.exists():
        pytest.skip("uv is neither on PATH nor in .uv/: run make")
    return found


@pytest.fixture(scope="module")
def place(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("house")


@pytest.fixture(scope="module")
def make(uv, place):
    def bundle_of(source: Path) -> Path:
        program = [sys.executable, str(ROOT / "tools" / "bundle" / "make.py"), "--uv", str(uv)]
        places = ["--source", str(source), "--wheels", str(place / "wheels"), "--out", str(place / "bundles")]
        made = subprocess.run([*program, *places], check=True, timeout=900, capture_output=True, text=True)
        return Path(made.stdout.strip().splitlines()[-1])

    return bundle_of


@pytest.fixture(scope="module")
def bundle(make) -> Path:
    return make(ROOT)


@pytest.fixture(scope="module")
def house(bundle, place) -> Path:
    """The installation; its data folder is `place/data`."""
    done = run(sys.executable, bundle, "install", "--to", place / "program", "--home", place / "data", at=place)
    assert done.returncode == 0, done.stderr
    return place / "program"


def newer(place: Path, version: str, sql: str) -> Path:
    """A checkout of a later version, whose tables differ by one statement."""
    source = place / version
    source.mkdir()
    for name in SOURCE:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, source / name)
    pyproject = source / "pyproject.toml"
    named = re.sub(r'^version = ".*"$', f'version = "{version}"', pyproject.read_text(), flags=re.MULTILINE)
    pyproject.write_text(named)
    migrations = source / "src" / "yidang" / "workflow" / "migrations"
    last = max(path.stem for path in migrations.glob("0*.py"))
    (migrations / "0999_later.py").write_text(MIGRATION.format(last=last, sql=sql))
    return source


def version_in(house: Path) -> str:
    return run(house / "yidang", "--version", at=house).stdout.split()[-1]


def filed(house: Path) -> int:
    answer = run(house / "yidang", "search", "医保", "--json", at=house)
    return json.loads(answer.stdout)["total"]


def test_the_demonstration_holds_for_every_role(house, place):
    home = place / "data"
    done = run(house / "yidang", "demo", "--check", at=place, YIDANG_HOME=str(home))
    assert done.stdout, done.stderr
    outcome = json.loads(done.stdout)
    wrong = [one for checks in outcome.get("checks", {}).values() for one in checks if not one["ok"]]
    assert wrong == [], (home / "run" / "demo.log").read_text()[-4000:]
    assert outcome.get("ok") is True, outcome
    assert done.returncode == 0
    assert {"anonymous", "archivist", "reader", "system_admin"} <= set(outcome["checks"])


def test_an_upgrade_copies_first_and_can_be_taken_back(house, make, place):
    before = filed(house)
    later = make(newer(place, "0.1.1", "CREATE TABLE later (x int)"))
    done = run(sys.executable, later, "upgrade", "--to", house, at=place)
    assert done.returncode == 0, done.stderr
    assert (version_in(house), filed(house)) == ("0.1.1", before)
    copies = list((house / "before").iterdir())
    assert len(copies) == 1
    assert run(house / "yidang", "backup", "check", "--from", copies[0] / "data", at=place).returncode == 0
    unsure = run(sys.executable, later, "back", "--to", house, at=place)
    assert unsure.returncode != 0  # what came in since would be set aside
    assert "--yes" in unsure.stderr
    done = run(sys.executable, later, "back", "--to", house, "--yes", at=place)
    assert done.returncode == 0, done.stderr
    assert (version_in(house), filed(house)) == ("0.1.0", before)
    assert [path for path in place.iterdir() if path.name.startswith("data.of-0.1.1-")]


def test_a_version_that_does_not_stand_goes_back_by_itself(house, make, place):
    before = filed(house)
    broken = make(newer(place, "0.1.2", "SELECT 1/0"))
    done = run(sys.executable, broken, "upgrade", "--to", house, at=place)
    assert done.returncode != 0
    assert "0.1.0 is back" in done.stderr
    assert (version_in(house), filed(house)) == ("0.1.0", before)


def test_a_damaged_bundle_is_refused(bundle, place):
    damaged = place / "damaged.bundle"
    with zipfile.ZipFile(bundle) as whole, zipfile.ZipFile(damaged, "w") as made:
        for name in ("__main__.py", "VERSION", "SHA256SUMS"):
            made.writestr(name, whole.read(name))
        for line in whole.read("SHA256SUMS").decode().splitlines():
            made.writestr(line.split("  ", 1)[1], b"something else")
    done = run(sys.executable, damaged, "install", "--to", place / "other", "--home", place / "x", at=place)
    assert done.returncode != 0
    assert "damaged" in done.stderr
    assert not (place / "other" / "installed.json").exists()
