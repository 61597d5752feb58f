"""What can be run, set or installed is described; what is described can be run."""

import re
import subprocess
import sys
import tomllib
from dataclasses import fields
from pathlib import Path

import click
import pytest

from yidang.site.cli import main
from yidang.site.config import Config

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
ROOMS = sorted(path.parent.name for path in (ROOT / "src" / "yidang").glob("*/apps.py"))
READMES = [ROOT / "README.md", ROOT / "README.zh-CN.md"]
SHIPPED = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]


def text(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["cli", "rules"])
def test_a_page_written_by_the_program_is_current(name):
    tool = ROOT / "tools" / f"{name}_docs.py"
    written = subprocess.run([sys.executable, tool, "--print"], capture_output=True, text=True, check=True).stdout
    assert text(f"{name}.md") == written, "run `make docs`"


@pytest.mark.parametrize("setting", [field.name for field in fields(Config)])
def test_every_setting_is_described(setting):
    assert f"`YIDANG_{setting.upper()}`" in text("operations.md")


def test_no_setting_is_described_that_does_not_exist():
    known = {f"YIDANG_{field.name.upper()}" for field in fields(Config)}
    assert set(re.findall(r"`(YIDANG_[A-Z0-9_]+)`", text("operations.md"))) <= known


def dependencies() -> list[str]:
    listed = [*SHIPPED["dependencies"], *SHIPPED["optional-dependencies"]["s3"]]
    return [re.split(r"[\[><=;]", one)[0] for one in listed]


@pytest.mark.parametrize("package", dependencies())
def test_every_dependency_is_described(package):
    assert f"`{package}`" in text("dependencies.md")


@pytest.mark.parametrize("room", [*ROOMS, "kernel", "crypto"])
def test_every_room_has_its_page(room):
    page = DOCS / "rooms" / f"{room}.md"
    assert page.exists()
    assert len(page.read_text(encoding="utf-8")) > 300


def known_commands(group: click.Group = main, prefix: str = "") -> set[str]:
    found = set()
    for name, command in group.commands.items():
        found.add(prefix + name)
        if isinstance(command, click.Group):
            found |= known_commands(command, f"{prefix}{name} ")
    return found


@pytest.mark.parametrize("page", [*READMES, *sorted(DOCS.rglob("*.md"))], ids=lambda page: page.name)
def test_the_commands_a_page_names_exist(page):
    prose = page.read_text(encoding="utf-8") if page.name != "cli.md" else ""
    firsts = {name.split()[0] for name in known_commands()}
    assert set(re.findall(r"`yidang ([a-z]+)", prose)) <= firsts
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert set(re.findall(r"`make ([a-z]+)", prose)) <= targets


@pytest.mark.parametrize("page", READMES, ids=lambda page: page.name)
def test_the_readme_says_how_to_begin(page):
    prose = page.read_text(encoding="utf-8")
    assert "make demo" in prose
    assert "make test" in prose
    for picture in re.findall(r"!\[[^]]*\]\(([^)]+)\)", prose):
        assert (ROOT / picture).exists(), picture


@pytest.mark.parametrize("page", [*READMES, *sorted(DOCS.rglob("*.md"))], ids=lambda page: page.name)
def test_links_between_pages_lead_somewhere(page):
    for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target


def test_every_decision_has_its_three_parts():
    for page in (DOCS / "adr").glob("[0-9]*.md"):
        prose = page.read_text(encoding="utf-8").lower()
        assert all(part in prose for part in ("context", "decision", "consequences")), page.name
