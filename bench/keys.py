"""Wrapping data keys anew, beside a bare loop of the same ciphers and rows. `python -m bench.keys`"""

import os
import secrets
import sqlite3
import tempfile
import time
from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

COUNT = 40_000
WANTED = 20_000  # keys a second


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"YIDANG_HOME": folder, "DJANGO_SETTINGS_MODULE": "yidang.site.settings"}
        rate, floor = rewrap(Path(folder)), bare(Path(folder) / "bare.sqlite3")
    print(f"rewrap   {rate:>9,.0f} keys/s (must: {WANTED:,})   bare loop {floor:>9,.0f}   ratio {rate / floor:.2f}")


def rewrap(home: Path) -> float:
    from yidang.crypto import rotation
    from yidang.crypto.keyring import keyring_of

    ring = keyring_of(home)
    ids = [f"{number:032x}/v1" for number in range(COUNT)]
    ring.take({key_id: secrets.token_bytes(16) for key_id in ids})
    before = ring.keys(ids[:100])
    rotation.begin(["wrap"])
    started = time.process_time()
    done = sum(ring.rewrap(rotation.STEP))
    spent = time.process_time() - started
    assert (done, ring.versions()) == (COUNT, {2: COUNT})
    assert ring.keys(ids[:100]) == before
    return COUNT / spent


def bare(path: Path) -> float:
    """Open under one key, seal under another, one update a row, one transaction: nothing else."""
    old, new = algorithms.SM4(secrets.token_bytes(16)), algorithms.SM4(secrets.token_bytes(16))
    database = sqlite3.connect(path, isolation_level=None)
    database.execute("CREATE TABLE k (id TEXT PRIMARY KEY, v INTEGER, w BLOB) WITHOUT ROWID")
    rows = [(f"{number:032x}/v1", 1, seal(old, secrets.token_bytes(16), b"x")) for number in range(COUNT)]
    database.execute("BEGIN")
    database.executemany("INSERT INTO k VALUES (?, ?, ?)", rows)
    database.execute("COMMIT")
    started = time.process_time()
    database.execute("BEGIN")
    found = database.execute("SELECT id, w FROM k").fetchall()
    fresh = [(2, seal(new, unseal(old, wrapped, b"x"), key_id.encode()), key_id) for key_id, wrapped in found]
    database.executemany("UPDATE k SET v = ?, w = ? WHERE id = ?", fresh)
    database.execute("COMMIT")
    return COUNT / (time.process_time() - started)


def seal(key: algorithms.SM4, plain: bytes, aad: bytes) -> bytes:
    nonce = secrets.token_bytes(12)
    encryptor = Cipher(key, modes.GCM(nonce)).encryptor()
    encryptor.authenticate_additional_data(aad)
    return nonce + encryptor.update(plain) + encryptor.finalize() + encryptor.tag


def unseal(key: algorithms.SM4, sealed: bytes, aad: bytes) -> bytes:
    decryptor = Cipher(key, modes.GCM(sealed[:12], sealed[-16:])).decryptor()
    decryptor.authenticate_additional_data(aad)
    return decryptor.update(sealed[12:-16]) + decryptor.finalize()


if __name__ == "__main__":
    main()
