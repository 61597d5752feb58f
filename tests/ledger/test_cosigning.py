"""Parsers of cosignatures, keys, requests, addresses and records: what they write they read, and nothing else."""

import base64
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yidang.crypto.signatures import Algorithm, generate
from yidang.kernel.errors import Invalid
from yidang.ledger.anchoring.addresses import parse_anchors, parse_witnesses
from yidang.ledger.anchoring.records import read_record
from yidang.ledger.cosigning import Cosigner, cosign, holds, parse_cosignature, parse_cosigner, valid_lines
from yidang.ledger.notes import parse_checkpoint, parse_public_keys, sign_checkpoint
from yidang.ledger.witness.logs import parse_logs
from yidang.ledger.witness.requests import AddCheckpoint, parse_add_checkpoint, parse_size

KEY = generate(Algorithm.ED25519)
SM2 = generate(Algorithm.SM2)
NAME = "witness.example/1"
COSIGNER = Cosigner(NAME, KEY.algorithm, KEY.public)
HEAD = sign_checkpoint("yidang/x/sm3", 7, bytes(32), [KEY])
LINE = str(cosign(HEAD.text, name=NAME, key=KEY, time=1_700_000_000))
BODY = str(AddCheckpoint(3, (bytes(32),), HEAD)).encode()


def test_the_cosignature_is_that_of_the_specification() -> None:
    """The example of C2SP tlog-cosignature; its message is header, time and the note's body."""
    text = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"
    line = cosign(text, name=NAME, key=KEY, time=1679315147)
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    message = f"cosignature/v1\ntime 1679315147\n{text}".encode()
    Ed25519PublicKey.from_public_bytes(KEY.public).verify(line.signature, message)
    raw = base64.b64decode(str(line).split(" ")[2])
    assert len(raw) == 76
    assert raw[4:12] == (1679315147).to_bytes(8, "big")


@pytest.mark.parametrize("key", [KEY, SM2], ids=["ed25519", "sm2"])
def test_a_cosignature_holds_for_its_text_time_and_key_only(key) -> None:
    line, cosigner = cosign(HEAD.text, name=NAME, key=key, time=5), Cosigner(NAME, key.algorithm, key.public)
    assert holds(parse_cosignature(str(line)), HEAD.text, cosigner)
    assert not holds(line, HEAD.text.replace("7", "8"), cosigner)
    assert not holds(type(line)(line.name, line.key_id, 6, line.signature), HEAD.text, cosigner)
    assert not holds(line, HEAD.text, Cosigner("another", key.algorithm, key.public))
    assert parse_cosigner(str(cosigner)) == cosigner


def test_unknown_and_broken_lines_are_passed_over() -> None:
    stranger = str(cosign(HEAD.text, name="stranger", key=generate(Algorithm.ED25519), time=1))
    assert [str(one) for one in valid_lines(["", "x", stranger, LINE], HEAD.text, [COSIGNER])] == [LINE]


@given(st.text() | st.text(alphabet="— abcAB+/=019\n"))
def test_no_text_breaks_a_parser(text: str) -> None:
    for parse in (parse_cosignature, parse_cosigner, parse_checkpoint, parse_public_keys, parse_logs):
        try:
            parse(text)
        except Invalid:
            continue


@given(st.text() | st.text(alphabet="httpsfile:/+#0x,rfc3161evm[]@. 9"))
def test_no_address_breaks_the_settings(text: str) -> None:
    for parse in (parse_witnesses, parse_anchors):
        try:
            parse(text)
        except Invalid:
            continue


@given(
    st.binary(max_size=300)
    | st.builds(lambda at, sign: BODY[:at] + sign + BODY[at + 1 :], st.integers(0, len(BODY)), st.binary(max_size=2))
)
def test_a_request_is_read_as_it_was_written_or_not_at_all(body: bytes) -> None:
    try:
        found = parse_add_checkpoint(body)
    except Invalid:
        return
    assert str(found).encode() == body


@given(st.integers(0, len(LINE) - 1), st.characters())
def test_a_changed_line_is_malformed_or_does_not_hold(at: int, sign: str) -> None:
    changed = LINE[:at] + sign + LINE[at + 1 :]
    if changed == LINE:
        return
    assert valid_lines([changed], HEAD.text, [COSIGNER]) == []


@pytest.mark.parametrize("old", ["", "00", "01", "+1", "-1", " 1", "１", "9" * 20])
def test_a_size_is_written_in_one_way(old: str) -> None:
    with pytest.raises(Invalid):
        parse_add_checkpoint(f"old {old}\n\n{HEAD.note}".encode())
    with pytest.raises(Invalid):
        parse_size(old.encode())


def test_a_proof_has_at_most_63_hashes() -> None:
    assert parse_add_checkpoint(str(AddCheckpoint(3, (bytes(32),) * 63, HEAD)).encode())
    with pytest.raises(Invalid):
        parse_add_checkpoint(str(AddCheckpoint(3, (bytes(32),) * 64, HEAD)).encode())


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_a_record_is_a_record_or_a_plain_error(value: object) -> None:
    with pytest.raises((ValueError, KeyError, TypeError)):
        read_record(json.dumps(value))


def test_a_witness_named_twice_is_one() -> None:
    twice = f"http://a.example {COSIGNER}, http://b.example {COSIGNER}"
    assert len(parse_witnesses(twice)) == 1
