"""The stand-alone verifier needs nothing of this system, and names whatever was changed."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from yidang.crypto import sm
from yidang.crypto.signatures import Algorithm, generate
from yidang.ledger import queries, verifier
from yidang.ledger.export import export
from yidang.ledger.operations import append as append_one
from yidang.ledger.operations import sequence
from yidang.ledger.pages import commit_pages, prove_page
from yidang.ledger.tiles import pack_entries, unpack_entries

Append = Callable[[int], list[UUID]]


@pytest.fixture
def exported(log: Path, append: Append, tmp_path: Path) -> Path:
    for count in (1, 299, 400):
        append(count)
        sequence()
    export(tmp_path / "exported")
    return tmp_path / "exported"


def codes(folder: Path) -> set[str]:
    return {finding["code"] for finding in verifier.verify_folder(folder)["findings"]}


def test_an_honest_log_holds(exported: Path) -> None:
    result = verifier.verify_folder(exported, keys=(exported / "keys").read_text())
    assert result["holds"], result["findings"]
    assert result["entries"] == 700
    assert result["checkpoints"] == 4
    assert result["signatures_checked"] == {"ed25519": 5, "sm2": 5}


def test_runs_as_a_bare_file_without_any_package(exported: Path) -> None:
    """-I -S: neither site-packages nor the working folder is on the path."""
    program = [sys.executable, "-I", "-S", str(exported / "verifier.py"), str(exported), "--json"]
    done = subprocess.run(program, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr
    result = json.loads(done.stdout)
    assert result["holds"]
    assert result["engines"]["ed25519"] == "plain Python"


def rewrite_entry(folder: Path, position: int, change: Callable[[bytes], bytes]) -> None:
    path = folder / "tile/entries/000"
    entries = list(unpack_entries(path.read_bytes()))
    entries[position] = change(entries[position])
    path.write_bytes(pack_entries(entries))


def test_names_an_edited_entry(exported: Path) -> None:
    rewrite_entry(exported, 17, lambda entry: entry.replace(b'"u1"', b'"u2"'))
    findings = verifier.verify_folder(exported)["findings"]
    assert findings == [{"code": "entry_altered", "position": 17}]


def test_finds_a_removed_entry(exported: Path) -> None:
    path = exported / "tile/entries/000"
    entries = list(unpack_entries(path.read_bytes()))
    path.write_bytes(pack_entries(entries[:9] + entries[10:]))
    assert {"entry_altered", "bundle_damaged"} == codes(exported)


def test_finds_reordered_entries(exported: Path) -> None:
    path = exported / "tile/entries/001"
    entries = list(unpack_entries(path.read_bytes()))
    entries[3], entries[4] = entries[4], entries[3]
    path.write_bytes(pack_entries(entries))
    positions = [finding["position"] for finding in verifier.verify_folder(exported)["findings"]]
    assert positions == [259, 260]


def test_finds_a_change_in_any_file(exported: Path) -> None:
    files = [path for path in sorted(exported.rglob("*")) if path.is_file() and path.name != "verifier.py"]
    for path in files:
        honest = path.read_bytes()
        middle = len(honest) // 2
        path.write_bytes(honest[:middle] + bytes([honest[middle] ^ 1]) + honest[middle + 1 :])
        assert not verifier.verify_folder(exported)["holds"], path
        path.unlink()
        assert not verifier.verify_folder(exported)["holds"], path
        path.write_bytes(honest)


def test_finds_a_log_that_was_cut_short(exported: Path, log: Path) -> None:
    """The newest checkpoint is taken away, and an older one put in its place."""
    notes = (exported / "checkpoints").read_text().split("\n\n")
    (exported / "checkpoint").write_text("\n\n".join(notes[:2]) + "\n")
    assert "history_does_not_end_at_checkpoint" in codes(exported)


def test_finds_a_log_signed_by_another(exported: Path) -> None:
    others = [generate(algorithm) for algorithm in Algorithm]
    from yidang.ledger.notes import PublicKey

    keys = "\n".join(str(PublicKey("yidang/other/sm3", key.algorithm, key.public)) for key in others)
    findings = verifier.verify_folder(exported, keys=keys)["findings"]
    assert {finding["code"] for finding in findings} == {"signature_wrong"}


def test_proves_one_page_and_no_other(log: Path, append: Append, tmp_path: Path) -> None:
    pages = [b"page one", b"page two", b"page three"]
    committed = commit_pages(pages)
    append(5)
    with transaction.atomic():
        entry_id = append_one(action="item.filed", actor="u1", subject=uuid4(), facts={"pages": committed.facts()})
    sequence()
    export(tmp_path / "exported")
    proof = json.loads(json.dumps(queries.proof_file(entry_id, page=prove_page(*committed, 2))))
    keys = (tmp_path / "exported/keys").read_text()
    assert verifier.verify_folder(tmp_path / "exported", keys=keys, proof=proof, page=pages[1])["holds"]
    assert verifier.verify_proof(proof, keys=keys, page=pages[1])["holds"]
    assert not verifier.verify_proof(proof, keys=keys, page=pages[0])["holds"]
    assert not verifier.verify_proof(proof | {"position": 4}, keys=keys)["holds"]


def test_a_page_is_proved_by_a_file_its_statement_names(log: Path, append: Append, tmp_path: Path) -> None:
    scan, reading = b"the scan", b"its words"
    pages = [json.dumps({"file_sm3": sm.sm3(one).hex(), "number": 1}).encode() for one in (scan, b"another")]
    committed = commit_pages(pages)
    with transaction.atomic():
        entry_id = append_one(action="item.filed", actor="u1", subject=uuid4(), facts={"pages": committed.facts()})
    sequence()
    export(tmp_path / "exported")
    keys = (tmp_path / "exported/keys").read_text()
    proof = queries.proof_file(entry_id, page=prove_page(*committed, 1) | {"statement": pages[0].decode()})
    assert verifier.verify_proof(proof, keys=keys, page=scan)["holds"]
    assert verifier.verify_proof(proof, keys=keys)["holds"]
    assert not verifier.verify_proof(proof, keys=keys, page=reading)["holds"]
    proof["page"]["statement"] = pages[1].decode()
    assert not verifier.verify_proof(proof, keys=keys)["holds"], "a statement that was not committed to"


def test_proves_private_facts_to_whom_they_are_shown(log: Path) -> None:
    with transaction.atomic():
        entry_id = append_one(action="item.described", actor="u1", private={"reason": "录错"})
    sequence()
    keys = (log / "keys").read_text()
    assert "private" not in queries.proof_file(entry_id)
    proof = queries.proof_file(entry_id, with_private=True)
    assert verifier.verify_proof(proof, keys=keys)["holds"]
    proof["private"]["facts"]["reason"] = "别的"
    assert not verifier.verify_proof(proof, keys=keys)["holds"]


@given(data=st.binary(max_size=200))
def test_its_own_sm3_is_sm3(data: bytes) -> None:
    assert verifier.plain_sm3(data) == sm.sm3(data)


@settings(max_examples=10, deadline=None)
@given(message=st.binary(max_size=50), bit=st.integers(0, 511))
def test_its_own_signature_arithmetic(message: bytes, bit: int) -> None:
    checks = {Algorithm.ED25519: verifier.plain_ed25519_verify, Algorithm.SM2: verifier.sm2_verify}
    for algorithm, check in checks.items():
        key = generate(algorithm)
        signature = key.sign(message)
        forged = bytearray(signature)
        forged[bit // 8] ^= 1 << bit % 8
        assert check(key.public, message, signature)
        assert not check(key.public, message, bytes(forged))
        assert not check(key.public, message + b"x", signature)


@pytest.mark.parametrize("name", ["python3.9", "python3.10", "python3.12", "python3.13"])
def test_other_pythons(exported: Path, name: str) -> None:
    program = shutil.which(name)
    if program is None or subprocess.run([program, "-V"], capture_output=True, check=False).returncode:
        pytest.skip(f"no {name} here")
    done = subprocess.run([program, "-I", exported / "verifier.py", exported], capture_output=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
