"""What the ledger is told of a version: digests that bind it to the record and say nothing about it.

salt            HMAC-SM3(the version's data key, "commitment") first 16 bytes: the same on every retry of a write, and
                gone with the key when the record is destroyed
description     SM3(salt ‖ description file)
pages           root of the Merkle tree (RFC 6962, SM3) over the leaves SM3(0x00 ‖ page salt ‖ page statement), where
                page salt = HMAC-SM3(salt, "page" ‖ number (4, big-endian)) first 16 bytes
page statement  canonical JSON {"file_sm3", "index_in_file", "number", "reading_sm3"}, digests in hex
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from yidang.crypto.sm import hmac_sm3, sm3
from yidang.holdings.dossier import Dossier
from yidang.ledger.merkle import leaf_hash, path_in, root_of

SALT = 16


@dataclass(frozen=True)
class PageProof:
    """Shows one page without the others: statement and salt give the leaf, `path` leads to the entry's `pages_root`."""

    number: int
    of: int
    statement: bytes
    salt: bytes
    path: Sequence[bytes]


def version_salt(data_key: bytes) -> bytes:
    return hmac_sm3(data_key, b"commitment")[:SALT]


def description_commitment(salt: bytes, description_file: bytes) -> bytes:
    return sm3(salt + description_file)


def page_leaves(salt: bytes, dossier: Dossier, blobs: Sequence[bytes]) -> list[bytes]:
    """`blobs`: the pages' readings as they lie in the text file."""
    statements = [page_statement(dossier, number, blob) for number, blob in enumerate(blobs, start=1)]
    return [leaf_hash(page_salt(salt, number) + one) for number, one in enumerate(statements, start=1)]


def page_salt(salt: bytes, number: int) -> bytes:
    return hmac_sm3(salt, b"page" + number.to_bytes(4, "big"))[:SALT]


def page_statement(dossier: Dossier, number: int, blob: bytes) -> bytes:
    page = dossier.pages[number - 1]
    statement = {
        "file_sm3": dossier.files[page.file - 1].sm3,
        "index_in_file": page.index_in_file,
        "number": number,
        "reading_sm3": sm3(blob).hex(),
    }
    return json.dumps(statement, sort_keys=True, separators=(",", ":")).encode()


def prove_page(salt: bytes, dossier: Dossier, blobs: Sequence[bytes], number: int) -> PageProof:
    path = path_in(page_leaves(salt, dossier, blobs), number - 1)
    return PageProof(
        number=number,
        of=len(blobs),
        statement=page_statement(dossier, number, blobs[number - 1]),
        salt=page_salt(salt, number),
        path=path,
    )


def facts(
    *, dossier: Dossier, version: int, salt: bytes, description_file: bytes, blobs: Sequence[bytes]
) -> dict[str, Any]:
    """The clear facts of a version's ledger entry; `inventory_sha512` is added when the store has answered."""
    told: dict[str, Any] = {
        "reference_code": dossier.reference_code,
        "version": version,
        "description_commitment": description_commitment(salt, description_file).hex(),
    }
    if blobs:
        told |= {"pages": len(blobs), "pages_root": root_of(page_leaves(salt, dossier, blobs)).hex()}
    return told
