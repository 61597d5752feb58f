"""What the browser is sent: locked, complete, of this house alone, and old enough for office browsers."""

import hashlib
import json
import re
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[2] / "src" / "yidang"
VENDOR = SOURCE / "site" / "static" / "vendor"
TEMPLATES = sorted(SOURCE.glob("*/templates/**/*.html"))
SCRIPTS = sorted(path for path in SOURCE.glob("*/static/**/*.js") if VENDOR not in path.parents)
STYLES = sorted(path for path in SOURCE.glob("*/static/**/*.css") if VENDOR not in path.parents)


def name(path: Path) -> str:
    return str(path.relative_to(SOURCE))


@pytest.mark.parametrize("entry", json.loads((VENDOR / "vendor.lock").read_text()), ids=lambda entry: entry["file"])
def test_every_library_is_the_one_that_was_locked(entry):
    assert hashlib.sha256((VENDOR / entry["file"]).read_bytes()).hexdigest() == entry["sha256"]
    assert entry["licence"]


def test_no_library_stands_outside_the_lock():
    locked = {entry["file"] for entry in json.loads((VENDOR / "vendor.lock").read_text())}
    standing = {str(path.relative_to(VENDOR)) for path in VENDOR.rglob("*") if path.is_file()}
    assert standing - locked == {"vendor.lock", "tabler/icons.txt"}


def test_every_icon_is_in_the_sprite_and_none_is_idle():
    drawn = set(re.findall(r'<symbol id="([a-z0-9-]+)"', (VENDOR / "tabler" / "icons.svg").read_text()))
    templates = "".join(path.read_text(encoding="utf-8") for path in TEMPLATES)
    python = "".join((SOURCE / "site" / part).read_text(encoding="utf-8") for part in ("labels.py", "context.py"))
    used = set(re.findall(r'\{% icon "([a-z0-9-]+)"', templates)) | set(re.findall(r'symbol="([a-z0-9-]+)"', templates))
    used |= {icon for icon in re.findall(r'"([a-z0-9-]+)"', python) if icon in drawn} | {"mood-empty"}
    assert used <= drawn
    assert drawn - used == set()


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_no_template_holds_inline_code(path):
    text = re.sub(r"\{%.*?%\}", "", path.read_text(encoding="utf-8"))  # `with one=…` is no handler
    assert not re.search(r"\sstyle\s*=|<style|\son[a-z]+\s*=(?!=)|javascript:|hx-on", text)
    assert not re.search(r"<script(?![^>]*\ssrc=)", text)


@pytest.mark.parametrize("path", [*TEMPLATES, *SCRIPTS, *STYLES], ids=name)
def test_nothing_is_loaded_from_another_place(path):
    text = path.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
    assert not re.search(r"(https?:)?//[a-z0-9.-]+\.[a-z]{2,}/", text.replace("../", ""))


@pytest.mark.parametrize("path", SCRIPTS, ids=name)
def test_scripts_stay_within_es2017(path):
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"\?\.[a-zA-Z\[(]|\?\?|\*\*=|\bthis\.#|\.\.\.[a-zA-Z]+\s*\}|catch \{|\.at\(|replaceAll", text)


@pytest.mark.parametrize("path", STYLES, ids=name)
def test_styles_need_no_recent_browser(path):
    assert not re.search(r"color-mix|oklch|:has\(|@layer|@container|@scope", path.read_text(encoding="utf-8"))
