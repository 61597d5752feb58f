"""Published answers: Project Wycheproof's vectors, the standards' own examples, and the self-test's."""

import json
from pathlib import Path
from typing import Any

import pytest

from yidang.crypto import selftest, signatures, sm
from yidang.crypto.signatures import (
    SM2_PUBLISHED_KEY,
    SM2_PUBLISHED_SIGNATURE,
    Algorithm,
    generate,
    signing_key,
    verify,
)
from yidang.kernel.errors import Invalid, Unavailable

VECTORS = Path(__file__).parent.parent / "vectors"


def wycheproof(name: str) -> list[Any]:
    groups = json.loads((VECTORS / name).read_text())["testGroups"]
    return [pytest.param(group, test, id=f"{test['tcId']}") for group in groups for test in group["tests"]]


@pytest.mark.parametrize(("group", "test"), wycheproof("hmac_sm3.json"))
def test_hmac_sm3(group: dict[str, Any], test: dict[str, Any]) -> None:
    key, message, tag = (bytes.fromhex(test[name]) for name in ("key", "msg", "tag"))
    holds = sm.hmac_sm3(key, message)[: group["tagSize"] // 8] == tag
    assert holds == (test["result"] == "valid")


@pytest.mark.parametrize(("group", "test"), wycheproof("sm4_gcm.json"))
def test_sm4_gcm(group: dict[str, Any], test: dict[str, Any]) -> None:
    key, nonce, aad, plain, sealed, tag = (
        bytes.fromhex(test[name]) for name in ("key", "iv", "aad", "msg", "ct", "tag")
    )
    if not 8 <= len(nonce) <= 128:  # the engine refuses what we never use: our nonces have 12 bytes
        with pytest.raises(ValueError, match="initialization_vector"):
            sm.sm4_gcm_decrypt(key, nonce, sealed + tag, aad)
    elif test["result"] == "valid":
        assert sm.sm4_gcm_encrypt(key, nonce, plain, aad) == sealed + tag
        assert sm.sm4_gcm_decrypt(key, nonce, sealed + tag, aad) == plain
    else:
        with pytest.raises(Invalid, match="content_damaged"):
            sm.sm4_gcm_decrypt(key, nonce, sealed + tag, aad)


def _pyca(data: bytes) -> sm.Hasher:
    state = sm._PycaSm3()
    state.update(data)
    return state.copy()


@pytest.mark.parametrize(
    ("message", "digest"),
    [  # GB/T 32905-2016, annex A
        (b"abc", "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"),
        (b"abcd" * 16, "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"),
    ],
)
@pytest.mark.parametrize("new", [sm.new_sm3, _pyca])
def test_sm3_of_both_engines(new: Any, message: bytes, digest: str) -> None:
    assert new(message).digest().hex() == digest


def test_sm4_block() -> None:
    """GB/T 32907-2016, annex A.1: GCM with an all-zero block shows E(K, counter 2) ⊕ plaintext."""
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

    key = bytes.fromhex("0123456789abcdeffedcba9876543210")
    encryptor = Cipher(algorithms.SM4(key), modes.ECB()).encryptor()
    assert encryptor.update(key).hex() == "681edf34d206965e86b3e94f536e4246"


def test_sm2_signature_published() -> None:
    """GB/T 32918.5-2017, annex A.2."""
    public, signature = bytes.fromhex(SM2_PUBLISHED_KEY), bytes.fromhex(SM2_PUBLISHED_SIGNATURE)
    private = bytes.fromhex("3945208f7b2144b13f36e38ac6d39f95889393692860b51a42fb81ef4df7c5b8")
    assert signing_key(Algorithm.SM2, private).public == public
    assert verify(Algorithm.SM2, public, b"message digest", signature)
    assert not verify(Algorithm.SM2, public, b"message digest.", signature)


def test_sm2_decryption_published() -> None:
    """GB/T 32918.5-2017, annex C: for whoever exchanges sealed keys by SM2 through this engine."""
    private = bytes.fromhex("3945208f7b2144b13f36e38ac6d39f95889393692860b51a42fb81ef4df7c5b8")
    point = (
        "0404ebfc718e8d1798620432268e77feb6415e2ede0e073c0f4f640ecd2e149a73"
        "e858f9d81e5430a57b36daab8f950a3c64e6ee6a63094d99283aff767e124df0"
    )
    digest = "59983c18f809e262923c53aec295d30383b54e39d609d160afcb1908d0bd8766"
    body = "21886ca989ca9c7d58087307ca93092d651efa"
    assert signatures._sm2()(private).decrypt(bytes.fromhex(point + digest + body)) == b"encryption standard"


def test_rfc_8998_sm4_gcm() -> None:
    """Appendix A.1, through the functions that everything here is sealed by."""
    key, nonce, plain, aad = (
        bytes.fromhex(text) for text in (selftest.GCM_KEY, selftest.GCM_NONCE, selftest.GCM_PLAIN, selftest.GCM_AAD)
    )
    assert sm.sm4_gcm_encrypt(key, nonce, plain, aad).hex() == selftest.GCM_SEALED


def test_a_wrong_sm2_engine_is_noticed_before_its_first_use(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signatures, "SM2_PUBLISHED_SIGNATURE", "11" * 64)
    signatures._sm2.cache_clear()
    with pytest.raises(Unavailable, match="crypto_engine_broken"):
        generate(Algorithm.SM2)


@pytest.mark.parametrize("name", ["SM3_ABC", "GCM_SEALED", "ED25519_SIGNATURE"])
def test_the_self_test_notices_a_wrong_answer(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    selftest.run()
    wrong = getattr(selftest, name)
    monkeypatch.setattr(selftest, name, ("0" if wrong[0] != "0" else "1") + wrong[1:])
    with pytest.raises(Unavailable, match="crypto_engine_broken"):
        selftest.run()
