"""The signature of an EEP: SM2 with SM3 over the SM3 digest of the signed element's bytes, as they stand in the file.

What the sample of the standard's readers does (MD5) protects nothing; `RULE` says in every package what was done.
"""

from dataclasses import dataclass
from typing import BinaryIO, Protocol

from yidang.crypto.signatures import Algorithm, verify
from yidang.crypto.sm import new_sm3

ALGORITHM = "SM2-with-SM3"
RULE = (
    "对封装包文件中“被签名对象”元素的字节（自该元素开始标记的“<”起，至其结束标记的“>”止，UTF-8 编码，不作任何变换）"
    "计算 SM3 摘要，以签名密钥对该 32 字节摘要作 SM2 签名（GB/T 32918，摘要算法 SM3，签名者标识 1234567812345678），"
    "签名结果为 r‖s 共 64 字节的 Base64。"
)
_PIECE = 1024 * 1024


class Signer(Protocol):
    """The archive's own key."""

    @property
    def name(self) -> str: ...

    @property
    def public(self) -> bytes: ...

    def sign(self, message: bytes) -> bytes: ...


@dataclass(frozen=True)
class Signature:
    """As it stands in the package; `public` is the key in its certificate block."""

    algorithm: str
    signer: str
    at: str
    result: bytes
    public: bytes


def digest_of(source: BinaryIO, start: int, end: int) -> bytes:
    state = new_sm3()
    source.seek(start)
    left = end - start
    while left > 0 and (piece := source.read(min(_PIECE, left))):
        state.update(piece)
        left -= len(piece)
    return state.digest()


def holds(signature: Signature, digest: bytes) -> bool:
    return verify(Algorithm.SM2, signature.public, digest, signature.result)
