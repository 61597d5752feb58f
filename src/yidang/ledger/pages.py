"""Committing to the pages of a version, so that one page can be shown and proved while the others stay closed.

Commitment of a page: SM3("yidang-page-v1" ‖ 0x00 ‖ salt (16) ‖ the page's bytes). The commitments are the entries of a
small Merkle tree of the ledger's own kind; its root and their number stand in the ledger entry's facts. Without its
salt a page cannot be guessed from its commitment; the salts stay with the content.
"""

import secrets
from collections.abc import Sequence
from typing import Any, NamedTuple

from yidang.crypto.sm import sm3
from yidang.ledger.merkle import leaf_hash, path_in, root_of

SALT = 16
_LABEL = b"yidang-page-v1\0"


class PageCommitments(NamedTuple):
    commitments: list[bytes]
    salts: list[bytes]

    def facts(self) -> dict[str, Any]:
        """What an entry's facts hold under "pages"."""
        return {"count": len(self.commitments), "root": pages_root(self.commitments).hex()}


def commit_page(page: bytes, salt: bytes) -> bytes:
    return sm3(_LABEL + salt + page)


def commit_pages(pages: Sequence[bytes]) -> PageCommitments:
    salts = [secrets.token_bytes(SALT) for _ in pages]
    return PageCommitments([commit_page(page, salt) for page, salt in zip(pages, salts, strict=True)], salts)


def pages_root(commitments: Sequence[bytes]) -> bytes:
    return root_of([leaf_hash(commitment) for commitment in commitments])


def prove_page(commitments: Sequence[bytes], salts: Sequence[bytes], number: int) -> dict[str, Any]:
    """The "page" part of a proof file. `number` counts from 1."""
    path = path_in([leaf_hash(commitment) for commitment in commitments], number - 1)
    return {
        "number": number,
        "count": len(commitments),
        "salt": salts[number - 1].hex(),
        "path": [sibling.hex() for sibling in path],
    }
