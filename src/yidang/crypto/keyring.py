"""The data keys of the store, wrapped, in a file with a durability of its own.

SQLite at `home/keyring/keyring.sqlite3`, table `data_key`: id, wrap_version, wrapped = nonce (12) ‖ SM4-GCM(data key)
(16) ‖ tag (16); associated data: the id in UTF-8. The wrapping key of version v is the vault's purpose "wrap".
The most sensitive records have a ring of their own: `keyring-sensitive.sqlite3`, purpose "wrap-sensitive".
"""

import os
import secrets
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path

from django.conf import settings

from yidang.crypto.durable import make_private_folder
from yidang.crypto.keys import vault_of
from yidang.crypto.sm import NONCE, sm4_gcm_decrypt, sm4_gcm_encrypt
from yidang.crypto.vault import Vault
from yidang.kernel.errors import Invalid, NotFound, Unavailable

DATA_KEY = 16
_BUSY_SECONDS = 30
_PER_QUERY = 500
_JOURNAL_BYTES = slice(18, 20)  # of SQLite's header; with a log beside it a copy would not open on its own
_inherited: list[sqlite3.Connection | None] = []  # the parent's, kept: closing one here could end its log under it
_SCHEMA = """
CREATE TABLE IF NOT EXISTS data_key (
    id TEXT PRIMARY KEY,
    wrap_version INTEGER NOT NULL,
    wrapped BLOB NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS copy (id TEXT PRIMARY KEY, made_at TEXT NOT NULL, expires_at TEXT NOT NULL);
"""


MAIN, SENSITIVE, COLD = "main", "sensitive", "cold"
RINGS = (MAIN, SENSITIVE, COLD)
_FILES = {MAIN: "keyring.sqlite3", SENSITIVE: "keyring-sensitive.sqlite3", COLD: "keyring-cold.sqlite3"}
_PURPOSES = {MAIN: "wrap", SENSITIVE: "wrap-sensitive", COLD: "wrap"}


def keyring(name: str = MAIN) -> "Keyring":
    return keyring_of(settings.YIDANG.home, name)


@cache
def keyring_of(home: Path, name: str = MAIN) -> "Keyring":
    vault = vault_of(home)  # before the folder exists, so that a first start may make the root key
    return Keyring(ring_path(home, name), vault, purpose=_PURPOSES[name])


def family_of(ring: str) -> str:
    """The family of wrapping keys that the ring is under."""
    return _PURPOSES[ring]


def forget_keyrings() -> None:
    keyring_of.cache_clear()


def rings_at(home: Path) -> list[tuple[Path, str]]:
    """(file, wrapping purpose) of every ring that stands there."""
    found = [(ring_path(home, name), purpose) for name, purpose in _PURPOSES.items()]
    return [(path, purpose) for path, purpose in found if path.exists()]


def ring_path(home: Path, name: str) -> Path:
    return home / "keyring" / _FILES[name]


class Keyring:
    """Safe for many processes and threads; a key returned by `new_keys` is on the disk."""

    def __init__(self, path: Path, vault: Vault, *, purpose: str = "wrap") -> None:
        self._path = path
        self._vault = vault
        self._purpose = purpose
        self._local = threading.local()
        make_private_folder(path.parent)

    def new_keys(self, key_ids: Sequence[str]) -> dict[str, bytes]:
        """One durable transaction for all; an id that has a key already keeps it."""
        self.take({key_id: secrets.token_bytes(DATA_KEY) for key_id in key_ids})
        return self.keys(key_ids)

    def take(self, keys: Mapping[str, bytes]) -> None:
        """Keys that exist already, from another ring; durable on return. An id that has a key here keeps it."""
        version = self._vault.current(self._purpose)
        fresh = [(key_id, version, self._wrap(key_id, key, version)) for key_id, key in keys.items()]
        with self._writing() as database:
            database.executemany("INSERT OR IGNORE INTO data_key VALUES (?, ?, ?)", fresh)

    def key(self, key_id: str) -> bytes:
        """Raises NotFound `key_missing` or Invalid `key_damaged`."""
        found = self.keys([key_id]).get(key_id)
        if found is None:
            raise NotFound("key_missing", key_id=key_id)
        return found

    def keys(self, key_ids: Sequence[str]) -> dict[str, bytes]:
        """The keys that exist among those asked for."""
        rows = self._select("SELECT id, wrap_version, wrapped FROM data_key WHERE id IN ({})", key_ids)
        return {key_id: self._unwrap(key_id, version, wrapped) for key_id, version, wrapped in rows}

    def delete(self, key_ids: Iterable[str]) -> None:
        """Overwrites the wrapped keys on disk: what they sealed is gone wherever copies of it lie."""
        with self._writing() as database:
            database.executemany("DELETE FROM data_key WHERE id = ?", [(key_id,) for key_id in key_ids])
        self.empty_log()  # it still held the old pages

    def problems(self) -> list[str]:
        """What the engine finds wrong with the file itself: cut, overwritten, out of order."""
        try:
            with self._failing() as database:
                found = [row[0] for row in database.execute("PRAGMA quick_check(3)")]
        except Unavailable as problem:
            return [str(problem.facts.get("problem", problem.code))]
        return [] if found == ["ok"] else found

    def ids(self) -> Iterator[str]:
        last = ""
        while page := self._page_after(last):
            yield from page
            last = page[-1]

    def ids_below(self, prefix: str) -> list[str]:
        """`prefix` ends before the number, as `<uuid>/v`."""
        with self._failing() as database:
            rows = database.execute(
                "SELECT id FROM data_key WHERE id >= ? AND id < ? ORDER BY id", [prefix, prefix + "\U0010ffff"]
            )
            return [row[0] for row in rows]

    def _page_after(self, last: str) -> list[str]:
        with self._failing() as database:
            rows = database.execute("SELECT id FROM data_key WHERE id > ? ORDER BY id LIMIT 10000", [last])
            return [row[0] for row in rows]

    def _select(self, query: str, key_ids: Sequence[str]) -> Iterator[tuple[str, int, bytes]]:
        for start in range(0, len(key_ids), _PER_QUERY):
            some = key_ids[start : start + _PER_QUERY]
            with self._failing() as database:
                yield from database.execute(query.format(",".join("?" * len(some))), some).fetchall()

    def versions(self) -> dict[int, int]:
        """Wrapping version → how many keys it still wraps."""
        with self._failing() as database:
            return dict(database.execute("SELECT wrap_version, count(*) FROM data_key GROUP BY wrap_version"))

    def rewrap(self, step: int) -> Iterator[int]:
        """Wraps every key anew that is not under the current version, `step` keys a transaction; says how many each.

        Reading and writing go on meanwhile. Raises Invalid `key_damaged`; what does not open stays as it is.
        """
        last = ""
        while rows := self._outdated(last, step):
            yield self._rewrap(rows)
            last = rows[-1][0]

    def _outdated(self, after: str, limit: int) -> list[tuple[str, int, bytes]]:
        current = self._vault.current(self._purpose)
        with self._failing() as database:
            return database.execute(
                "SELECT id, wrap_version, wrapped FROM data_key WHERE id > ? AND wrap_version <> ? ORDER BY id LIMIT ?",
                [after, current, limit],
            ).fetchall()

    def _rewrap(self, rows: Sequence[tuple[str, int, bytes]]) -> int:
        version = self._vault.current(self._purpose)
        fresh = [
            (version, self._wrap(key_id, self._unwrap(key_id, old, wrapped), version), key_id, wrapped)
            for key_id, old, wrapped in rows
        ]
        with self._writing() as database:  # only over what was read: a key deleted meanwhile stays deleted
            database.executemany(
                "UPDATE data_key SET wrap_version = ?, wrapped = ? WHERE id = ? AND wrapped = ?", fresh
            )
        return len(rows)

    def empty_log(self) -> None:
        """Overwrites what the log still holds of former wrappings."""
        with self._failing() as database:
            database.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def snapshot(self) -> bytes:
        """A whole and consistent copy while writers go on, in memory only: a draft on disk could not be unwritten."""
        with self._failing() as database, closing(sqlite3.connect(":memory:")) as copy:
            database.backup(copy)
            whole = bytearray(copy.serialize())
        whole[_JOURNAL_BYTES] = b"\x01\x01"
        return bytes(whole)

    def note_copy(self, copy_id: str, made_at: str, expires_at: str) -> None:
        with self._writing() as database:
            database.execute("INSERT INTO copy VALUES (?, ?, ?)", [copy_id, made_at, expires_at])

    def copies(self) -> list[tuple[str, str, str]]:
        """(id, made at, expires at) of every backup that was begun and is not known to be gone."""
        with self._failing() as database:
            return database.execute("SELECT id, made_at, expires_at FROM copy ORDER BY expires_at").fetchall()

    def forget_copy(self, copy_id: str) -> None:
        with self._writing() as database:
            database.execute("DELETE FROM copy WHERE id = ?", [copy_id])

    def _wrap(self, key_id: str, key: bytes, version: int) -> bytes:
        nonce = secrets.token_bytes(NONCE)
        wrapping = self._vault.cipher_key(self._purpose, version)
        return nonce + sm4_gcm_encrypt(wrapping, nonce, key, key_id.encode())

    def _unwrap(self, key_id: str, version: int, wrapped: bytes) -> bytes:
        try:
            wrapping = self._vault.cipher_key(self._purpose, version)
            return sm4_gcm_decrypt(wrapping, wrapped[:NONCE], wrapped[NONCE:], key_id.encode())
        except (Invalid, ValueError):
            raise Invalid("key_damaged", key_id=key_id) from None

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with self._failing() as database:
            database.execute("BEGIN IMMEDIATE")
            try:
                yield database
            except BaseException:
                database.execute("ROLLBACK")
                raise
            database.execute("COMMIT")

    @contextmanager
    def _failing(self) -> Iterator[sqlite3.Connection]:
        """No error of the engine leaves this room."""
        try:
            yield self._connection()
        except sqlite3.OperationalError as problem:
            raise Unavailable("keyring_unavailable", problem=str(problem)) from problem
        except sqlite3.DatabaseError as problem:
            raise Unavailable("keyring_damaged", retryable=False, problem=str(problem)) from problem

    def _connection(self) -> sqlite3.Connection:
        """One for each thread of each process: SQLite connections do not survive a fork."""
        if getattr(self._local, "pid", None) != os.getpid():
            _inherited.append(getattr(self._local, "database", None))
            self._local.database = _connect(self._path)
            self._local.pid = os.getpid()
        return self._local.database  # type: ignore[no-any-return]


def _connect(path: Path) -> sqlite3.Connection:
    path.touch(mode=0o600)
    database = sqlite3.connect(path, timeout=_BUSY_SECONDS, isolation_level=None)
    database.execute("PRAGMA journal_mode = WAL")
    database.execute("PRAGMA synchronous = FULL")
    database.execute("PRAGMA secure_delete = ON")
    database.executescript(_SCHEMA)
    return database
