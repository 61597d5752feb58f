"""Checking statements by their files: signature and both inclusion proofs, beside the signatures alone.

    python -m bench.statements [--count 10000]

Floor: 2,000 statements a second on one core.
"""

import argparse
import secrets
import sys
from time import process_time
from typing import Any
from uuid import UUID, uuid4

from yidang.crypto.signatures import Algorithm, SigningKey, generate
from yidang.crypto.sm import sm3
from yidang.ledger.events import canonical
from yidang.ledger.merkle import fold, leaf_hash, path_in, root_of
from yidang.ledger.notes import PublicKey, sign_checkpoint
from yidang.ledger.statements import digits
from yidang.ledger.statements.claims import Claims
from yidang.ledger.statements.cose import Sign1
from yidang.ledger.statements.proving import FORMAT, FileChecker, read

FLOOR = 2000
ORIGIN = "yidang/0123456789abcdef/sm3"


def entry(entry_id: UUID, **facts: Any) -> bytes:
    said = {
        "v": 1,
        "id": str(entry_id),
        "at": "2026-11-22T00:00:00.000000Z",
        "action": "a",
        "actor": "u",
        "facts": facts,
    }
    return canonical(said | {"salt": secrets.token_hex(16)})


def signed(key: SigningKey, key_id: bytes, *, number: int, about: UUID, size: int) -> bytes:
    claims = Claims(
        number=f"20261122-{number:08d}",
        issuer=ORIGIN,
        issued_at=1_790_000_000,
        expires_at=1_950_000_000,
        kind="unchanged/1",
        entry=about,
        position=2 * number,
        size=size,
        values=(f"J001-ZYJS·2026-D30-{number:05d}", 1, 1_780_000_000),
    )
    unsigned = Sign1(key_id, claims.encode())
    return Sign1(key_id, unsigned.payload, key.sign(unsigned.signed)).encode()


def paths_of(leaves: list[bytes]) -> list[list[bytes]]:
    """All inclusion paths of a full tree, level by level."""
    levels = [leaves]
    while len(levels[-1]) > 1:
        row = levels[-1]
        levels.append([fold(row[at] + row[at + 1]) for at in range(0, len(row), 2)])
    return [[level[(index >> height) ^ 1] for height, level in enumerate(levels[:-1])] for index in range(len(leaves))]


def made(count: int) -> tuple[list[PublicKey], list[dict[str, Any]]]:
    """A log of two entries for each statement, filled up to a power of two."""
    keys = [generate(Algorithm.ED25519), generate(Algorithm.SM2)]
    public = [PublicKey(ORIGIN, key.algorithm, key.public) for key in keys]
    size = 1 << (2 * count - 1).bit_length()
    entries, statements = [], []
    for number in range(count):
        about = uuid4()
        entries.append(entry(about, version=1))
        statements.append(signed(keys[0], public[0].key_id, number=number, about=about, size=size))
        entries.append(entry(uuid4(), statement_sm3=sm3(statements[-1]).hex()))
    entries += [b"{}"] * (size - len(entries))
    leaves = [leaf_hash(one) for one in entries]
    paths = paths_of(leaves)
    assert paths[3] == path_in(leaves, 3)
    note = sign_checkpoint(ORIGIN, size, root_of(leaves), keys).note

    def part(position: int) -> dict[str, Any]:
        path = [one.hex() for one in paths[position]]
        return {"entry": entries[position].decode(), "position": position, "path": path}

    files = [
        {
            "format": FORMAT,
            "statement": digits.pack(data),
            "about": part(2 * number),
            "issued": part(2 * number + 1),
            "checkpoint": note,
        }
        for number, data in enumerate(statements)
    ]
    return public, files


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--count", type=int, default=10_000)
    count = parser.parse_args().count
    public, files = made(count)
    begun = process_time()
    checker = FileChecker(public)
    assert not any(checker.problem(file) for file in files)
    whole = process_time() - begun
    read_already = [read(digits.unpack(file["statement"])) for file in files]
    begun = process_time()
    assert all(one.is_signed_by(public[0].public) for one in read_already)
    bare = process_time() - begun
    print(
        f"{count} statements checked: {count / whole:,.0f}/s (floor {FLOOR:,}); signatures alone {count / bare:,.0f}/s"
    )
    return 0 if count / whole >= FLOOR else 1


if __name__ == "__main__":
    sys.exit(main())
