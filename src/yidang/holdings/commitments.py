"""What the ledger is told of a version: digests that bind it to the record and say nothing about it.

salt            HMAC-SM3(the version's data key, "commitment") first 16 bytes: the same on every retry of a write, and
                gone with the key when the record is destroyed
description     SM3(salt ‖ description file)
pages           `ledger.pages`: a page's bytes are its statement, its salt HMAC-SM3(salt, "page" ‖ number (4,
                big-endian)) first 16 bytes
page statement  canonical JSON {"file_sm3", "index_in_file", "number", "reading_sm3"}, digests in hex
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from yidang.crypto.sm import hmac_sm3, sm3
from yidang.holdings.dossier import Dossier
from yidang.ledger import pages

SALT = 16


@dataclass(frozen=True)
class PageProof:
    """`statement` is what the stand-alone verifier takes as the page; `proof` the "page" part of a proof file."""

    statement: bytes
    proof: Mapping[str, Any]


def version_salt(data_key: bytes) -> bytes:
    return hmac_sm3(data_key, b"commitment")[:SALT]


def description_commitment(salt: bytes, description_file: bytes) -> bytes:
    return sm3(salt + description_file)


def page_salts(salt: bytes, count: int) -> list[bytes]:
    return [hmac_sm3(salt, b"page" + number.to_bytes(4, "big"))[:SALT] for number in range(1, count + 1)]


def page_commitments(salts: Sequence[bytes], dossier: Dossier, blobs: Sequence[bytes]) -> list[bytes]:
    """`blobs`: the pages' readings as they lie in the text file."""
    statements = [page_statement(dossier, number, blob) for number, blob in enumerate(blobs, start=1)]
    return [pages.commit_page(one, salt) for one, salt in zip(statements, salts, strict=True)]


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
    salts = page_salts(salt, len(blobs))
    proof = pages.prove_page(page_commitments(salts, dossier, blobs), salts, number)
    return PageProof(page_statement(dossier, number, blobs[number - 1]), proof)


def facts(
    *, dossier: Dossier, version: int, salt: bytes, description_file: bytes, blobs: Sequence[bytes]
) -> dict[str, Any]:
    """The clear facts of a version's ledger entry; `inventory_sha512` is added when the store has answered."""
    told: dict[str, Any] = {
        "reference_code": dossier.reference_code,
        "version": version,
        "description_commitment": description_commitment(salt, description_file).hex(),
    }
    if dossier.is_legacy_code:
        told["is_legacy_code"] = True
    if blobs:
        committed = page_commitments(page_salts(salt, len(blobs)), dossier, blobs)
        told["pages"] = {"count": len(blobs), "root": pages.pages_root(committed).hex()}
    return told
