"""The witness by the letter of C2SP tlog-witness: what it cosigns, and with which status it refuses."""

import hashlib
import io
import threading
from pathlib import Path
from typing import Any

import pytest

from yidang.crypto.signatures import Algorithm, generate
from yidang.kernel.errors import Conflict, Invalid
from yidang.ledger.cosigning import holds, parse_cosignature
from yidang.ledger.merkle import EMPTY_ROOT, leaf_hash, root_of, split_point
from yidang.ledger.notes import Checkpoint, PublicKey, sign_checkpoint
from yidang.ledger.witness.app import Witness
from yidang.ledger.witness.keys import identity
from yidang.ledger.witness.logs import add_log, known_logs
from yidang.ledger.witness.requests import LARGEST, AddCheckpoint, parse_add_checkpoint, parse_size

ORIGIN = "yidang/test/sm3"
KEYS = [generate(Algorithm.ED25519), generate(Algorithm.SM2)]
NOW = 1_790_000_000
LEAVES = [leaf_hash(bytes([n])) for n in range(40)]
FORK = [*LEAVES[:20], *(leaf_hash(bytes([n, 1])) for n in range(20))]


def signed(size: int, leaves: list[bytes] = LEAVES, keys: Any = KEYS, origin: str = ORIGIN) -> Checkpoint:
    return sign_checkpoint(origin, size, root_of(leaves[:size]), keys)


def proof(old: int, new: int, leaves: list[bytes] = LEAVES) -> tuple[bytes, ...]:
    """PROOF(old, D[new]) straight from the recursive definition in RFC 6962."""
    return tuple(_subproof(old, leaves[:new], whole=True)) if 0 < old < new else ()


def _subproof(old: int, leaves: list[bytes], *, whole: bool) -> list[bytes]:
    if old == len(leaves):
        return [] if whole else [root_of(leaves)]
    middle = split_point(len(leaves))
    if old <= middle:
        return [*_subproof(old, leaves[:middle], whole=whole), root_of(leaves[middle:])]
    return [*_subproof(old - middle, leaves[middle:], whole=False), root_of(leaves[:middle])]


class Asker:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.identity = identity(folder, name="witness.example/1")
        add_log(folder, "\n".join(str(PublicKey(ORIGIN, key.algorithm, key.public)) for key in KEYS))
        self.restart()

    def restart(self) -> None:
        self.app = Witness(self.folder, self.identity, known_logs(self.folder), lambda: NOW)

    def send(self, body: bytes, path: str = "/add-checkpoint", method: str = "POST", **more: Any) -> tuple[int, bytes]:
        heard: list[str] = []
        environ = {"REQUEST_METHOD": method, "PATH_INFO": path, "CONTENT_LENGTH": str(len(body)), **more}
        environ["wsgi.input"] = io.BytesIO(body)
        said = b"".join(
            self.app(environ, lambda status, headers: heard.extend((status, dict(headers)["Content-Type"])))
        )
        self.kind = heard[1]
        return int(heard[0].split()[0]), said

    def add(self, old: int, new: Checkpoint, path: tuple[bytes, ...] = ()) -> tuple[int, bytes]:
        return self.send(str(AddCheckpoint(old, path, new)).encode())


@pytest.fixture
def asker(tmp_path: Path) -> Asker:
    return Asker(tmp_path / "witness")


def test_it_cosigns_what_continues_what_it_knows(asker: Asker) -> None:
    assert asker.add(0, signed(5))[0] == 200
    for old in range(5, 39):
        status, said = asker.add(old, signed(old + 1), proof(old, old + 1))
        assert status == 200, old
    for line, cosigner in zip(said.decode().splitlines(), asker.identity.cosigners, strict=True):
        assert parse_cosignature(line).time == NOW
        assert holds(parse_cosignature(line), signed(39).text, cosigner)
        assert not holds(parse_cosignature(line), signed(38).text, cosigner)


@pytest.mark.parametrize("old", range(1, 40))
def test_every_step_from_every_size(asker: Asker, old: int) -> None:
    assert asker.add(0, signed(old))[0] == 200
    assert asker.add(old, signed(40), proof(old, 40))[0] == 200


def test_the_same_checkpoint_again_is_cosigned_again(asker: Asker) -> None:
    asker.add(0, signed(7))
    assert asker.add(7, signed(7))[0] == 200


def test_an_empty_log(asker: Asker) -> None:
    assert asker.add(0, sign_checkpoint(ORIGIN, 0, EMPTY_ROOT, KEYS))[0] == 200
    assert asker.add(0, sign_checkpoint(ORIGIN, 0, bytes(32), KEYS))[0] == 409


def test_another_size_than_it_knows_is_told_the_right_one(asker: Asker) -> None:
    asker.add(0, signed(30))
    status, said = asker.add(10, signed(40), proof(10, 40))
    assert (status, parse_size(said), asker.kind) == (409, 30, "text/x.tlog.size")


def test_a_rollback_is_refused(asker: Asker) -> None:
    asker.add(0, signed(30))
    assert asker.add(0, signed(20)) == (409, b"30\n")
    assert asker.add(20, signed(20)) == (409, b"30\n")
    assert asker.add(30, signed(20))[0] == 400  # old size beyond the new one


@pytest.mark.parametrize("size", [25, 33, 40])
def test_a_fork_is_refused_and_kept_as_proof_of_the_lie(asker: Asker, size: int) -> None:
    asker.add(0, signed(25))
    lie = signed(size, FORK)
    assert asker.add(25, lie, proof(25, size, FORK))[0] == (409 if size == 25 else 422)
    (kept,) = (asker.folder / "refused").iterdir()
    assert signed(25).text in kept.read_text()
    assert lie.note in kept.read_text()
    assert asker.add(25, signed(40), proof(25, 40))[0] == 200  # the honest log goes on


def test_a_log_nobody_told_it_of(asker: Asker) -> None:
    assert asker.add(0, signed(5, origin="yidang/other/sm3"))[0] == 404


def test_a_checkpoint_signed_by_somebody_else(asker: Asker) -> None:
    assert asker.add(0, signed(5, keys=[generate(Algorithm.ED25519)]))[0] == 403
    forged = signed(5).note.replace("\n5\n", "\n6\n")
    assert asker.send(f"old 0\n\n{forged}".encode())[0] == 403


@pytest.mark.parametrize(
    ("old", "new"), [(8, 8), (8, 12), (9, 12), (0, 5)], ids=["same", "power of two", "odd", "first"]
)
def test_a_proof_where_none_belongs_or_with_a_hash_too_many(asker: Asker, old: int, new: int) -> None:
    if old:
        asker.add(0, signed(old))
    assert asker.add(old, signed(new), (*proof(old, new), bytes(32)))[0] == 422


def test_it_remembers_over_a_restart(asker: Asker) -> None:
    asker.add(0, signed(30))
    asker.restart()
    assert asker.add(0, signed(20)) == (409, b"30\n")


def test_it_forgets_nothing_when_killed_between_keeping_and_signing(asker: Asker, monkeypatch: Any) -> None:
    monkeypatch.setattr("yidang.ledger.witness.keys.cosign", lambda *_a, **_k: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        asker.add(0, signed(30))
    monkeypatch.undo()
    asker.restart()
    assert asker.add(0, signed(20)) == (409, b"30\n")
    assert asker.add(30, signed(30))[0] == 200


def test_of_two_at_once_only_one_is_first(asker: Asker) -> None:
    asker.add(0, signed(10))
    start, heard = threading.Barrier(2), []

    def race(leaves: list[bytes]) -> None:
        body = str(AddCheckpoint(10, proof(10, 40, leaves), signed(40, leaves))).encode()
        start.wait()
        heard.append(
            Witness(asker.folder, asker.identity, known_logs(asker.folder)).add(parse_add_checkpoint(body)).status
        )

    threads = [threading.Thread(target=race, args=(leaves,)) for leaves in (LEAVES, FORK)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(heard) == [200, 409]


def test_anybody_may_read_what_it_has_seen(asker: Asker) -> None:
    place = f"/{hashlib.sha256(ORIGIN.encode()).hexdigest()}/checkpoint"
    assert asker.send(b"", place, "GET")[0] == 404
    head = signed(30)
    asker.add(0, head)
    assert asker.send(b"", place, "GET") == (200, head.note.encode())
    assert asker.send(b"", "/", "GET")[1].decode().splitlines() == list(map(str, asker.identity.cosigners))


@pytest.mark.parametrize(
    ("path", "method", "status"), [("/x", "GET", 404), ("/add-checkpoint", "GET", 405), ("/", "PUT", 405)]
)
def test_other_doors_are_shut(asker: Asker, path: str, method: str, status: int) -> None:
    assert asker.send(b"", path, method)[0] == status


def test_a_body_too_large_is_not_read(asker: Asker) -> None:
    assert asker.send(b"", CONTENT_LENGTH=str(LARGEST + 1))[0] == 413
    assert asker.send(b"", CONTENT_LENGTH="9" * 5000)[0] == 413
    assert asker.send(b"", CONTENT_LENGTH="-1")[0] == 400


def test_a_log_cannot_change_its_keys(asker: Asker) -> None:
    other = generate(Algorithm.ED25519)
    with pytest.raises(Conflict, match="witness_log_differs"):
        add_log(asker.folder, str(PublicKey(ORIGIN, other.algorithm, other.public)))


def test_a_witness_cannot_change_its_name(asker: Asker) -> None:
    with pytest.raises(Conflict, match="witness_named_otherwise"):
        identity(asker.folder, name="witness.example/2")
    with pytest.raises(Invalid, match="witness_name_malformed"):
        identity(asker.folder / "new", name="two words")


def test_a_lost_key_is_not_made_anew(asker: Asker) -> None:
    (asker.folder / "ed25519.key").unlink()
    with pytest.raises(Conflict, match="witness_key_missing"):
        identity(asker.folder)
