import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from yidang.site.cli.language import chosen

SITE = Path(__file__).resolve().parents[2] / "src" / "yidang" / "site"
CATALOGUE = SITE / "cli" / "locale" / "zh_CN" / "LC_MESSAGES" / "messages.po"


@pytest.mark.parametrize(
    ("environ", "language"),
    [
        ({}, "zh"),
        ({"LANG": "C.UTF-8"}, "zh"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "en_US.UTF-8"}, "en"),
        ({"LANG": "en_GB.UTF-8", "YIDANG_LANGUAGE": "zh-hans"}, "zh"),
        ({"LANG": "zh_CN.UTF-8", "YIDANG_LANGUAGE": "en"}, "en"),
    ],
)
def test_the_setting_decides_then_the_locale_then_chinese(environ, language):
    assert chosen(environ) == language


def said() -> set[str]:
    """Every text the command line, the doctor and the demonstration pass through gettext."""
    return {
        node.args[0].value
        for room in ("cli", "doctor", "demo")
        for path in (SITE / room).glob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "_"
    }


def test_every_text_is_translated_with_its_places():
    with CATALOGUE.open("rb") as source:
        chinese = {message.id: message.string for message in read_po(source) if message.id}
    assert said() - chinese.keys() == set()
    assert [text for text, translated in chinese.items() if not translated] == []


def test_the_help_answers_without_loading_the_archive():
    """Half a second on an office machine: neither Django nor an engine is imported for it."""
    code = "import sys, yidang.site.cli; print(*(set(sys.modules) & {'django', 'numpy', 'psycopg', 'rich', 'tantivy'}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=os.environ | {})
    assert done.stdout.strip() == ""
