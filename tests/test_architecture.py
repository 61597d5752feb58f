"""The shape of the house."""

import ast
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "yidang"
PYTHON = [path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts]
LONGEST_FILE = 400
# Decoders of foreign files throw whatever they like; these are the two doors all of them stand behind.
FOREIGN_DECODERS = {SOURCE / "intake" / "operations" / name for name in ("looking.py", "pages.py")}
# The stand-alone verifier is one file on purpose: a stranger must be able to read and run it alone.
ONE_FILE_ON_PURPOSE = {SOURCE / "ledger" / "verifier.py"}


def test_imports_run_only_downward():
    done = subprocess.run(
        [ROOT / ".venv" / "bin" / "lint-imports", "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


def test_rules_know_no_framework():
    for path in SOURCE.rglob("rules.py"):
        assert not imports(path) & {"django", "psycopg", "procrastinate"}, path


def test_the_stand_alone_verifier_needs_nothing_of_ours():
    assert "yidang" not in imports(SOURCE / "ledger" / "verifier.py")
    assert "django" not in imports(SOURCE / "ledger" / "verifier.py")


def test_access_and_intake_do_not_know_each_other():
    for room, other in (("access", "yidang.intake"), ("intake", "yidang.access")):
        for path in (SOURCE / room).rglob("*.py"):
            assert other not in path.read_text(encoding="utf-8"), path


@pytest.mark.parametrize("path", PYTHON, ids=lambda path: str(path.relative_to(SOURCE)))
def test_files_stay_short(path):
    if path not in ONE_FILE_ON_PURPOSE:
        assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_FILE


def test_every_room_stands_in_the_layers():
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    placed = {name for layer in contracts[0]["layers"] for name in re.split(r"[ |]+", layer)}
    rooms = {path.name for path in SOURCE.iterdir() if (path / "__init__.py").exists()}
    assert rooms == placed


def test_broad_excepts_stand_only_where_a_process_must_live_on():
    """Engines' errors never leave their adapter; only the task runner and `site` may catch everything."""
    offenders = [
        f"{path.relative_to(SOURCE)}:{node.lineno}"
        for path in PYTHON
        if path.relative_to(SOURCE).parts[0] != "site" and path not in FOREIGN_DECODERS
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ExceptHandler) and names(node.type) & {"Exception", "BaseException"}
        if not any(isinstance(inner, ast.Raise) for inner in ast.walk(node))
    ]
    assert offenders == []


@pytest.mark.django_db
def test_migrations_agree_with_the_models():
    from io import StringIO

    from django.core.management import call_command

    call_command("makemigrations", check=True, dry_run=True, stdout=StringIO())


def test_message_codes_are_told_once_and_in_both_languages():
    seen: dict[str, Path] = {}
    for path in SOURCE.glob("*/messages.toml"):
        for code, texts in tomllib.loads(path.read_text(encoding="utf-8")).items():
            assert code not in seen, f"{code} in {path} and {seen[code]}"
            assert set(texts) == {"zh", "en"}, code
            assert places(texts["zh"]) == places(texts["en"]), code
            seen[code] = path


def test_every_error_code_has_its_text():
    told = {code for path in SOURCE.glob("*/messages.toml") for code in tomllib.loads(path.read_text(encoding="utf-8"))}
    families = "NotFound|NotAllowed|Conflict|Invalid|Unavailable"
    raised = {
        code
        for path in PYTHON
        for code in re.findall(rf"\b(?:{families})\(\s*\"([a-z_]+)\"", path.read_text(encoding="utf-8"))
    }
    assert raised - told == set()


def imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name.split(".")[0] for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.split(".")[0])
    return found


def names(node: ast.expr | None) -> set[str]:
    if node is None:
        return {"BaseException"}
    return {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}


def places(text: str) -> set[str]:
    """A fact that is itself words is handed over in both languages: {problem_zh}, {problem_en}."""
    return set(re.findall(r"\{(\w+?)(?:_zh|_en)?\}", text))
