"""Turning keys over the whole house: the database's fields, the ledger's keys, the page, the command line."""

import ast
import json
import re
import stat
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from harness import Archive
from yidang.crypto import custody, rotation
from yidang.crypto.keys import roots_of
from yidang.crypto.passphrases import FILE_VARIABLE
from yidang.crypto.register import COMPARED
from yidang.crypto.shares import recover_root
from yidang.holdings import operations as holdings
from yidang.holdings import queries
from yidang.identity.policy import SYSTEM, system_grant
from yidang.kernel import clock
from yidang.kernel.errors import Conflict, Invalid
from yidang.ledger.models import LedgerEntry
from yidang.ledger.signing import outdated, signing_keys
from yidang.site.cli.keys import _new_passphrase, _text_of
from yidang.site.keys import operations
from yidang.site.keys.columns import COLUMNS, PASSING
from yidang.site.keys.sheets import write_sheets
from yidang.site.runtime.instance import SERVER, Instance, Owner

SOURCE = Path(custody.__file__).parents[1]


def test_every_sealed_column_is_sealed_anew_by_somebody() -> None:
    known = {column.label for column in COLUMNS} | PASSING
    sealing = [path for path in SOURCE.rglob("*.py") if "crypto" not in path.parts and "migrations" not in path.parts]
    texts = [text for path in sealing if re.search(r"seal_(field|json)\(", text := path.read_text(encoding="utf-8"))]
    labels = {label for text in texts for label in _labels(text)}
    assert labels <= known, "name these in site/keys/columns.py, or their old keys can never be given up"


def _labels(text: str) -> set[str]:
    direct = re.findall(r'table="([a-z_.]+)"', text) + re.findall(r'"table": "([a-z_.]+)"', text)
    named = [name for name in re.findall(r"table=(_[A-Z]+)|\"table\": (_[A-Z]+)", text) for name in name if name]
    return {*direct, *(value for name in named for value in _value_of(name, text))}


def _value_of(name: str, text: str) -> list[str]:
    if found := re.search(rf'^{name} = "([a-z_.]+)"', text, re.MULTILINE):
        return [found[1]]
    pair = re.search(r'^(_[A-Z]+), (_[A-Z]+) = "([a-z_.]+)", "([a-z_.]+)"', text, re.MULTILINE)
    return [pair[3] if pair[1] == name else pair[4]] if pair else []


def test_every_sealed_column_is_bound_as_the_list_says() -> None:
    """A place that differs by a word opens nowhere, and keeps its old key for ever."""
    known = {(one.label, one.column if one.field is None else one.field) for one in COLUMNS}
    labels = {one.label for one in COLUMNS}
    sealing = [path for path in SOURCE.rglob("*.py") if "crypto" not in path.parts]
    places = {place for path in sealing for place in _places(ast.parse(path.read_text(encoding="utf-8")))}
    assert {place for place in places if place[0] in labels} <= known


def _places(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """(table, field) of every call that seals, as far as they are told by constants."""
    named = dict(pair for node in tree.body if isinstance(node, ast.Assign) for pair in _constants(node))
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in {"seal_field", "seal_fields", "seal_json"}:
            given = {one.arg: one.value for one in node.keywords}
            table, field = (_text(given.get(name), named) for name in ("table", "field"))
            if table is not None and field is not None:
                yield table, field


def _constants(node: ast.Assign) -> list[tuple[str, str]]:
    target = node.targets[-1]
    is_pair = isinstance(node.value, ast.Tuple) and isinstance(target, ast.Tuple)
    pairs = zip(target.elts, node.value.elts, strict=True) if is_pair else [(target, node.value)]
    names = [(name, value) for name, value in pairs if isinstance(name, ast.Name) and isinstance(value, ast.Constant)]
    return [(name.id, value.value) for name, value in names]


def _text(node: ast.expr | None, named: dict[str, str]) -> str | None:
    if isinstance(node, ast.Constant):
        return node.value
    return named.get(node.id) if isinstance(node, ast.Name) else None


def finish(monkeypatch: pytest.MonkeyPatch) -> None:
    later = clock.now() + timedelta(minutes=5)
    with monkeypatch.context() as patch:
        patch.setattr(clock, "now", lambda: later)
        while rotation.advance():
            pass


def versions(table: str, column: str) -> set[int]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT DISTINCT get_byte({column}, 1) * 256 + get_byte({column}, 2) FROM {table}")
        return {row[0] for row in cursor.fetchall()}


@pytest.mark.django_db
def test_fields_open_before_and_after_and_the_change_is_in_the_ledger(monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.holdings.records import draft

    from yidang.holdings.scheme import load_scheme

    load_scheme()
    (item,) = holdings.create_drafts(SYSTEM, [draft()])
    holdings.file_items(SYSTEM, [item.pk])
    before = roots_of(settings.YIDANG.home).register().current("field")
    operations.rotate(system_grant("cli"))
    item.refresh_from_db()
    assert queries.description(item).title == "张三参保登记表"
    finish(monkeypatch)
    item.refresh_from_db()
    assert queries.description(item).title == "张三参保登记表"
    assert versions("holdings_item", "description") == {before + 1}
    assert not any(one.old for one in rotation.state())
    entry = LedgerEntry.objects.filter(action="key.rotated").latest("at")
    told = json.loads(bytes(entry.entry))
    assert told["facts"]["wrap"] > 1
    assert entry.actor == "system:cli"


@pytest.mark.django_db
def test_the_ledgers_keys_stay_the_same_under_new_sealing() -> None:
    home = settings.YIDANG.home
    before = [key.public for key in signing_keys(home, may_create=True)]
    rotation.begin(["ledger-signing"])
    assert outdated(home)
    assert [key.public for key in signing_keys(home, may_create=False)] == before
    while rotation.advance():
        pass
    assert not outdated(home)
    assert [key.public for key in signing_keys(home, may_create=False)] == before


def test_the_printed_shares_give_the_key_back(tmp_path: Path) -> None:
    made = custody.split(shares=3, needed=2)
    write_sheets(tmp_path / "out", made)
    files = sorted((tmp_path / "out").glob("*.txt"))
    assert len(files) == 3
    assert recover_root([path.read_text() for path in files[1:]]).secret
    page = (tmp_path / "out/share-1.html").read_text()
    assert made[0].text() in page.replace("<br>", "")  # whole groups on every line
    assert "<svg" in page
    assert all(stat.S_IMODE(path.stat().st_mode) == 0o600 for path in (tmp_path / "out").iterdir())


def test_a_share_file_that_is_not_there_is_not_called_mistyped(tmp_path: Path) -> None:
    with pytest.raises(Invalid, match="share_file_missing"):
        _text_of(str(tmp_path / "share-1.txt"))
    assert _text_of("YDS1-4LPZ") == "YDS1-4LPZ"


def test_a_server_that_could_not_start_again_is_not_sealed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "passphrase").write_text("correct horse battery")
    monkeypatch.setenv(FILE_VARIABLE, str(tmp_path / "passphrase"))  # this shell has it, the server has not
    monkeypatch.setattr(Instance, "owner", lambda _self: Owner(1, SERVER, 8080))
    with pytest.raises(Conflict, match="server_lacks_passphrase"):
        _new_passphrase()
    monkeypatch.setattr(Instance, "owner", lambda _self: Owner(1, SERVER, 8080, has_passphrase=True))
    assert _new_passphrase() == "correct horse battery"


@pytest.mark.slow
def test_on_the_command_line(archive: Archive, tmp_path: Path) -> None:
    out = tmp_path / "shares"
    split = ("keys", "split", "--shares", "3", "--needed", "2", "--out", str(out))
    assert archive.run(*split).returncode == 0
    assert archive.run(*split).returncode == 1  # never over somebody's files
    turned = archive.json("keys", "rotate", "--wait")
    assert {one["version"] for one in turned["families"] if one["family"] not in COMPARED} == {2}
    (archive.home / "keys/root.key").rename(tmp_path / "lost")
    assert archive.run("keys", "status").returncode == 1
    assert archive.run("rebuild", "--fresh").returncode == 1
    assert (archive.home / "postgres").exists()  # nothing was put aside for a rebuild that could open nothing
    assert "keys recover" in archive.run("doctor", language="en").stdout
    shares = [str(out / f"share-{number}.txt") for number in (1, 3)]
    assert archive.run("keys", "recover", shares[0]).returncode == 1
    assert "share-9" in archive.run("keys", "recover", str(out / "share-9.txt")).stderr
    (archive.home / "postgres").rename(tmp_path / "postgres")
    back = archive.run("keys", "recover", *shares, language="en")
    assert back.returncode == 0
    assert "yidang rebuild" in back.stderr
    assert "Traceback" not in back.stderr
    (archive.home / "postgres").rename(tmp_path / "empty")
    (tmp_path / "postgres").rename(archive.home / "postgres")
    assert (archive.home / "keys/root.key").read_bytes() == (tmp_path / "lost").read_bytes()
    assert archive.json("keys", "status")["root"] == 1
    (tmp_path / "passphrase").write_text("correct horse battery")
    assert archive.run("keys", "seal", root_passphrase_file=tmp_path / "passphrase").returncode == 0
    assert archive.run("keys", "status").returncode == 1  # without the passphrase
    assert archive.run("keys", "status", root_passphrase_file=tmp_path / "passphrase").returncode == 0
    assert archive.run("keys", "rotate", "--nonsense").returncode == 2
