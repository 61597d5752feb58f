"""Anybody may hold any code before the reader: nothing in it crashes it, and one content has one form."""

import cbor2
import pytest
from cwt import COSE, COSEKey
from hypothesis import given
from hypothesis import strategies as st

from yidang.crypto.signatures import Algorithm, generate
from yidang.ledger.statements import addresses, cbor, claims, cose, digits, proving, revocations
from yidang.ledger.statements.cbor import Malformed

numbers = st.integers(-(2**63), 2**64 - 1)
leaves = st.none() | st.booleans() | numbers | st.binary(max_size=300) | st.text(max_size=100)
values = st.recursive(
    leaves,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(numbers | st.text(max_size=9), inner, max_size=4),
    max_leaves=12,
)


def depth(value: object) -> int:
    if isinstance(value, dict):
        return 1 + max(map(depth, value.values()), default=0)
    return 1 + max(map(depth, value), default=0) if isinstance(value, list) else 0


@given(values.filter(lambda value: depth(value) <= cbor.DEEPEST))
def test_our_cbor_is_everybodys(value):
    written = cbor.encode(value)
    assert cbor.decode(written) == value
    assert cbor2.loads(written) == value
    assert len(written) == len(cbor2.dumps(value, canonical=True))


@given(st.binary(max_size=600))
def test_whatever_is_read_has_that_one_form(data):
    try:
        value = cbor.decode(data)
    except Malformed:
        return
    assert cbor.encode(value) == data


@pytest.mark.parametrize(
    "wrong",
    [
        "1800",
        "190001",
        "1b0000000000000001",
        "a201010101",
        "a202010101",
        "9f01ff",
        "f97e00",
        "c101",
        "9b7fffffffffffffff",
        "5b7fffffffffffffff",
        "61ff",
        "8181818181818100",
    ],
)
def test_other_forms_are_refused_at_once(wrong):
    with pytest.raises(Malformed):
        cbor.decode(bytes.fromhex(wrong))


@given(st.binary(max_size=500))
def test_digits_come_back(data):
    packed = digits.pack(data)
    assert packed.isdigit() or not data
    assert digits.unpack(packed) == data


@given(st.text(max_size=200) | st.from_regex(r"[0-9]{0,60}", fullmatch=True))
def test_digits_have_one_form(text):
    try:
        data = digits.unpack(text)
    except Malformed:
        return
    assert digits.pack(data) == text


@given(st.text(max_size=6000) | st.from_regex(r"https://a/check/#[0-9]{0,900}", fullmatch=True))
def test_no_text_crashes_the_reader(text):
    with pytest.raises(Malformed):
        proving.read(addresses.data_of(text))


@given(st.binary(max_size=800), st.binary(max_size=600))
def test_no_bytes_crash_the_parsers(data, payload):
    framed = cose.Sign1(b"abcd", payload, bytes(64)).encode()
    for parse, given_bytes in ((proving.read, data), (proving.read, framed), (revocations.parse, framed)):
        with pytest.raises(Malformed):
            parse(given_bytes)


@given(values)
def test_no_payload_crashes_the_parsers(value):
    payload = cbor.encode(value)
    for parse in (claims.parse, lambda data: revocations.parse(cose.Sign1(b"abcd", data, bytes(64)).encode())):
        with pytest.raises(Malformed):
            parse(payload)


def test_a_tower_of_arrays_is_refused_before_it_is_built():
    with pytest.raises(Malformed):
        cbor.decode(b"\x81" * 1_000_000 + b"\x00")


def test_others_verify_what_we_sign():
    """python-cwt, another implementation of RFC 9052."""
    key = generate(Algorithm.ED25519)
    unsigned = cose.Sign1(b"abcd", cbor.encode({1: "log", 6: 1}))
    signed = cose.Sign1(b"abcd", unsigned.payload, key.sign(unsigned.signed)).encode()
    public = COSEKey.new({1: 1, -1: 6, 3: -8, 2: b"abcd", -2: key.public})
    assert COSE.new().decode(signed, [public]) == unsigned.payload
