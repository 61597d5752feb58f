"""Signatures of both kinds hold for what was signed, and fail quietly for anything else."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yidang.crypto.signatures import Algorithm, generate, signing_key, verify
from yidang.kernel.errors import Invalid


@pytest.mark.parametrize("algorithm", Algorithm)
@given(message=st.binary(max_size=100))
@settings(max_examples=10, deadline=None)
def test_holds_for_its_message_alone(algorithm: Algorithm, message: bytes) -> None:
    key = generate(algorithm)
    signature = key.sign(message)
    assert len(signature) == 64
    assert verify(algorithm, key.public, message, signature)
    assert not verify(algorithm, key.public, message + b"x", signature)
    assert not verify(algorithm, generate(algorithm).public, message, signature)


@pytest.mark.parametrize("algorithm", Algorithm)
def test_the_private_key_tells_the_public_one(algorithm: Algorithm) -> None:
    key = generate(algorithm)
    assert signing_key(algorithm, key.private) == key


@pytest.mark.parametrize("algorithm", Algorithm)
@pytest.mark.parametrize("signature", [b"", bytes(64), b"\xff" * 64, bytes(63)])
def test_malformed_signatures_are_false(algorithm: Algorithm, signature: bytes) -> None:
    assert not verify(algorithm, generate(algorithm).public, b"m", signature)


@pytest.mark.parametrize("public", [b"", bytes(32), bytes(65), b"\x04" + bytes(64), b"\x04" + b"\xff" * 64])
@pytest.mark.parametrize("algorithm", Algorithm)
def test_what_is_no_public_key_verifies_nothing(algorithm: Algorithm, public: bytes) -> None:
    assert not verify(algorithm, public, b"m", generate(algorithm).sign(b"m"))


@pytest.mark.parametrize("algorithm", Algorithm)
def test_a_damaged_private_key_is_refused(algorithm: Algorithm) -> None:
    with pytest.raises(Invalid, match="signing_key_damaged"):
        signing_key(algorithm, bytes(31))
