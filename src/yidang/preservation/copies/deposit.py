"""One place of copies. Whoever keeps it is not trusted: all is sealed, or vouched for by what is sealed.

    yidang-backup.json      {"format", "id", "check"}: the only file in clear; `check` tells a foreign root key apart
    runs/<time>-<mark>      what one run copied; written last, so that a run cut short never happened
    lists/<2>/<name>        which object or file lies in which pack
    packs/<2>/<name>        many small files as one
    streams/<2>/<name>      base backups of the database
    wal/<server>/<segment>  the database's log, segment by segment

Key: the vault's purpose "backup"; context: "yidang-backup/<id>/<path>", so nothing opens in another's place.
"""

import json
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast
from urllib.parse import urlsplit

from yidang.crypto.envelope import SealedReader, seal, unseal
from yidang.crypto.vault import Vault
from yidang.kernel.errors import Conflict, Invalid, NotFound
from yidang.preservation.copies.sealing_stream import PieceReader, sealed_pieces
from yidang.preservation.ports import ObjectStore
from yidang.preservation.reading import read_key
from yidang.preservation.store import engine_at

HEAD = "yidang-backup.json"
FORMAT = "yidang-backup/1"
_PURPOSE = "backup"
_CHECK = b"yidang-backup"


def url_of(destination: str) -> str:
    """`s3://…` and `file://…` as they are, anything else as a folder."""
    if urlsplit(destination).scheme in {"s3", "file"}:
        return destination
    return Path(destination).expanduser().absolute().as_uri()


def new_name(kind: str) -> str:
    mark = secrets.token_hex(16)
    return f"{kind}/{mark[:2]}/{mark}"


@dataclass(frozen=True)
class Deposit:
    store: ObjectStore
    id: str
    key: bytes

    def put(self, name: str, data: bytes) -> int:
        """Sealed; returns the bytes stored."""
        sealed = self.sealed(name, data)
        self.store.put(name, sealed)
        return len(sealed)

    def sealed(self, name: str, data: bytes) -> bytes:
        return seal(data, key=self.key, context=self.context(name))

    def put_stream(self, name: str, pieces: Iterable[bytes]) -> int:
        source = PieceReader(sealed_pieces(pieces, key=self.key, context=self.context(name)))
        self.store.put(name, cast("BinaryIO", source))
        return source.count

    def read(self, name: str) -> bytes:
        """Raises NotFound `content_missing`, Invalid `content_damaged`."""
        return unseal(read_key(self.store, name), key=self.key, context=self.context(name))

    def open(self, name: str) -> SealedReader:
        return SealedReader(self.store.open(name), key=self.key, context=self.context(name))

    def context(self, name: str) -> bytes:
        return f"yidang-backup/{self.id}/{name}".encode()

    def runs(self) -> list[str]:
        """Names of all runs, oldest first."""
        return [f"runs/{name}" for name in self.store.children("runs/").files]


def open_deposit(destination: str, vault: Vault, *, s3_endpoint: str = "", may_create: bool = False) -> Deposit:
    """Raises NotFound `backup_absent`, Conflict `backup_place_taken`, Invalid `backup_foreign`."""
    store = engine_at(url_of(destination), s3_endpoint)
    if not store.exists(HEAD):
        if not may_create:
            raise NotFound("backup_absent", place=destination)
        _begin(store, vault, destination)
    about = _about(store, destination)
    deposit = Deposit(store, str(about["id"]), vault.cipher_key(_PURPOSE))
    try:
        held = unseal(bytes.fromhex(about["check"]), key=deposit.key, context=deposit.context(HEAD))
    except (Invalid, ValueError):
        raise Invalid("backup_foreign", place=destination) from None
    if held != _CHECK:
        raise Invalid("backup_foreign", place=destination)
    return deposit


def _begin(store: ObjectStore, vault: Vault, destination: str) -> None:
    if next(_foreign(store), None):
        raise Conflict("backup_place_taken", place=destination)
    fresh = Deposit(store, secrets.token_hex(16), vault.cipher_key(_PURPOSE))
    about = {"format": FORMAT, "id": fresh.id, "check": fresh.sealed(HEAD, _CHECK).hex()}
    try:
        store.put(HEAD, json.dumps(about).encode(), if_absent=True)
    except Conflict:
        return  # another was first; its head stands


def _foreign(store: ObjectStore) -> Iterator[str]:
    top = store.children()
    yield from (name for name in (*top.folders, *top.files) if name != HEAD)


def _about(store: ObjectStore, destination: str) -> dict[str, str]:
    try:
        about: dict[str, str] = json.loads(read_key(store, HEAD))
        is_ours = about["format"] == FORMAT and about["id"].isalnum() and bool(about["check"])
    except (ValueError, KeyError, TypeError, AttributeError):
        is_ours = False
    if not is_ours:
        raise Invalid("backup_head_damaged", place=destination)
    return about
