"""A time-stamping authority made by OpenSSL: its stamps are kept, checked here, and checked by a stranger."""

import base64
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from ledger.outside import served
from yidang.ledger import verifier
from yidang.ledger.anchoring.audit import verify_outside
from yidang.ledger.anchoring.records import Records
from yidang.ledger.anchoring.states import states
from yidang.ledger.anchoring.work import anchor_due, anchors
from yidang.ledger.export import export
from yidang.ledger.operations import sequence

Append = Callable[[int], list[UUID]]
CONFIG = """
[tsa]
default_tsa = it
[it]
serial = serial
signer_digest = sha256
default_policy = 1.2.3.4
digests = sha256, sha384, sha512
accuracy = secs:1
ordering = yes
tsa_name = no
ess_cert_id_alg = sha256
[root]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign
subjectKeyIdentifier = hash
[stamp]
basicConstraints = CA:FALSE
keyUsage = critical,digitalSignature
extendedKeyUsage = critical,timeStamping
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
"""


class Authority:
    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self.folder = folder
        (folder / "conf").write_text(CONFIG)
        (folder / "serial").write_text("01\n")
        curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
        self.run("req", "-x509", *curve, "-keyout", "ca.key", "-out", "ca.pem", "-subj", "/CN=ca", "-days", "9",
                 "-config", "conf", "-extensions", "root")  # fmt: skip
        self.run("req", *curve, "-keyout", "tsa.key", "-out", "tsa.csr", "-subj", "/CN=tsa", "-config", "conf")
        self.run("x509", "-req", "-in", "tsa.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", "9",
                 "-out", "tsa.pem", "-extfile", "conf", "-extensions", "stamp")  # fmt: skip

    def run(self, *words: str) -> None:
        subprocess.run(["openssl", *words], cwd=self.folder, check=True, capture_output=True)

    def __call__(self, environ: Any, start: Any) -> list[bytes]:
        (self.folder / "query").write_bytes(environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])))
        self.run("ts", "-reply", "-config", "conf", "-section", "it", "-queryfile", "query", "-signer", "tsa.pem",
                 "-inkey", "tsa.key", "-out", "reply")  # fmt: skip
        start("200 OK", [("Content-Type", "application/timestamp-reply")])
        return [(self.folder / "reply").read_bytes()]


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    if not shutil.which("openssl"):
        pytest.skip("NO OPENSSL: the authority of these tests is made by it")
    return Authority(tmp_path / "tsa")


@pytest.fixture
def stamped(authority: Authority, log: Path, append: Append, keep_with: Callable[..., None]) -> Iterator[str]:
    """A log of five entries; the authority is known and trusted."""
    append(5)
    sequence()
    trusted = log.parent / "ledger-keys" / "tsa"
    trusted.mkdir()
    shutil.copy(authority.folder / "ca.pem", trusted / "ca.pem")
    with served(authority) as url:
        keep_with(anchors=f"rfc3161+{url}")
        yield url


def differences() -> list[str]:
    return [one.code for one in verify_outside().differences]


def test_a_checkpoint_is_stamped(stamped: str) -> None:
    assert anchor_due() == 1
    assert states().anchors.size == 5
    assert differences() == []
    assert verify_outside().notes == []


def test_a_stranger_checks_the_stamp(stamped: str, authority: Authority, tmp_path: Path) -> None:
    anchor_due()
    export(tmp_path / "export")
    for certificates, findings, notes in (
        (authority.folder / "ca.pem", 0, 0),
        (None, 0, 1),
        (_another(tmp_path), 1, 0),
    ):
        outside = verifier.outside_of([], 1, [], certificates, None)
        result = verifier.verify_folder(tmp_path / "export", outside=outside)
        assert len(result["findings"]) == findings
        assert sum("Not checked" in note for note in result["notes"]) == notes


def _another(tmp_path: Path) -> Path:
    return Authority(tmp_path / "another").folder / "ca.pem"


def test_an_authority_nobody_trusts(stamped: str, log: Path, tmp_path: Path) -> None:
    shutil.copy(_another(tmp_path), log.parent / "ledger-keys" / "tsa" / "ca.pem")
    assert anchor_due() == 0
    (place,) = states().anchors.places
    assert place.trouble is not None
    assert place.trouble.code == "ledger_stamp_untrusted"


def test_without_certificates_the_stamp_is_kept_and_called_unchecked(stamped: str, log: Path) -> None:
    shutil.rmtree(log.parent / "ledger-keys" / "tsa")
    assert anchor_due() == 1
    assert differences() == []
    assert [one.code for one in verify_outside().notes] == ["ledger_record_unchecked"]


@pytest.mark.parametrize("change", ["response", "time", "size"])
def test_a_stamp_that_was_changed(stamped: str, log: Path, change: str) -> None:
    anchor_due()
    records = Records(log, anchors()[0].slug)
    text = records.path.read_text()
    record = records.last
    assert record is not None
    if change == "response":
        stamp = bytearray(base64.b64decode(record.evidence["response"]))
        stamp[-5] ^= 1
        text = text.replace(record.evidence["response"], base64.b64encode(stamp).decode())
    elif change == "time":
        text = text.replace(f'"time":"{record.evidence["time"][:4]}', '"time":"2001')
    else:
        text = text.replace('"size":5', '"size":0')
    records.path.write_text(text)
    assert differences() == ["ledger_record_false"]


@pytest.mark.parametrize("said", [b"", b"0\x03\x02\x01\x02", b"\x30\x80", b"x" * 5000])
def test_an_authority_that_talks_nonsense(
    log: Path, append: Append, keep_with: Callable[..., None], said: bytes
) -> None:
    append(1)
    sequence()

    def answer(environ: Any, start: Any) -> list[bytes]:
        environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
        start("200 OK", [])
        return [said]

    with served(answer) as url:
        keep_with(anchors=f"rfc3161+{url}")
        assert anchor_due() == 0
