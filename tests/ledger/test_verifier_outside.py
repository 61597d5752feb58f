"""The stand-alone verifier on what witnesses attested: one Python file, the export, and keys known from before."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import pytest

from ledger.outside import witness_of
from yidang.ledger.anchoring.work import anchor_due
from yidang.ledger.export import export
from yidang.ledger.operations import sequence

Append = Callable[[int], list[UUID]]


@pytest.fixture
def exported(log: Path, append: Append, keep_with: Callable[..., None], tmp_path: Path) -> Path:
    """300 entries, of which two witnesses have cosigned 280; beside the export the file of their keys."""
    append(280)
    sequence()
    with witness_of(log, tmp_path / "a", "a.example") as a, witness_of(log, tmp_path / "b", "b.example") as b:
        keep_with(witnesses=f"{a}, {b}")
        assert anchor_due() == 2
        (tmp_path / "witnesses").write_text("\n".join([*a.split(" ")[1:], *b.split(" ")[1:]]))
    append(20)
    sequence()
    export(tmp_path / "export")
    return tmp_path / "export"


def check(exported: Path, *more: str) -> dict[str, object]:
    command = [sys.executable, exported / "verifier.py", exported, "--json", *more]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert done.stdout, done.stderr
    return json.loads(done.stdout)


def codes(result: dict[str, object]) -> list[str]:
    return [one["code"] for one in result["findings"]]


def test_enough_witnesses(exported: Path) -> None:
    result = check(exported, "--witness", str(exported.parent / "witnesses"), "--needed", "2")
    assert result["holds"]
    assert (result["witnesses"], result["cosigned"], result["entries"]) == (2, 280, 300)
    assert any("newest 20 entries" in note for note in result["notes"])


def test_more_needed_than_there_are(exported: Path) -> None:
    result = check(exported, "--witness", str(exported.parent / "witnesses"), "--needed", "3")
    assert codes(result) == ["too_few_witnesses"]


def test_without_keys_the_attestations_are_called_unchecked(exported: Path) -> None:
    result = check(exported)
    assert result["holds"]
    assert sum("Not checked" in note for note in result["notes"]) == 2


def test_a_cosignature_that_was_changed(exported: Path) -> None:
    path = next((exported / "anchors").glob("*.jsonl"))
    record = json.loads(path.read_text())
    lines = record["evidence"]["cosignatures"]
    record["evidence"]["cosignatures"] = [f"{line[:-10]}AAAAAAAA==" for line in lines]
    path.write_text(json.dumps(record) + "\n")
    assert "cosignature_wrong" in codes(check(exported, "--witness", str(exported.parent / "witnesses")))


@pytest.mark.parametrize(
    "line", ["", "{}", "[]", "null", '{"size": 1}', '{"size":"x","root":"","evidence":{}}', "\x00"]
)
def test_a_record_that_is_none(exported: Path, line: str) -> None:
    path = next((exported / "anchors").glob("*.jsonl"))
    path.write_text(line + "\n")
    assert codes(check(exported, "--witness", str(exported.parent / "witnesses"))) == ["record_damaged"]


def test_an_attestation_of_another_history(exported: Path) -> None:
    path = next((exported / "anchors").glob("*.jsonl"))
    record = json.loads(path.read_text())
    path.write_text(json.dumps(record | {"size": 279}) + "\n" + json.dumps(record | {"size": 999}) + "\n")
    assert {"record_contradicts", "record_beyond"} <= set(codes(check(exported)))


def test_what_is_no_key_is_refused(exported: Path) -> None:
    command = [sys.executable, exported / "verifier.py", exported, "--witness", "a+b+c"]
    assert subprocess.run(command, capture_output=True, check=False, timeout=60).returncode == 2
