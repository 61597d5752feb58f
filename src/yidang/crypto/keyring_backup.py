"""The key tables apart from every other copy, sealed, with a short life: so that what is destroyed stays destroyed.

A file: `yidang-keyring-backup-v1`, one line of JSON (`id`, `made_at`, `expires_at`, `root`, `keys` of each ring), and
the rings, the register and the former root keys (each sealed under the one in force) as a ZIP, sealed under the root
key (purpose `keyring-backup`) with the first two lines as context. Every copy is entered in the main ring before it is
made, so that a forgotten one is known of.
"""

import io
import json
import sqlite3
import zipfile
from collections.abc import Collection, Iterable
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.conf import settings

from yidang.crypto import register as registers
from yidang.crypto.durable import make_private_folder, replace_durably
from yidang.crypto.envelope import seal, unseal
from yidang.crypto.keyring import RINGS, forget_keyrings, keyring_of, ring_path
from yidang.crypto.keys import forget_keys, roots_of
from yidang.crypto.roots import RETIRED
from yidang.crypto.standing import Standing, candidates, put_in_force
from yidang.kernel import clock
from yidang.kernel.errors import Conflict, Invalid, Unavailable

LONGEST_DAYS = 30
_TITLE = b"yidang-keyring-backup-v1\n"
_LABEL = b"keyring-backup/sm4/v1"
_REGISTER = "register.json"


@dataclass(frozen=True, slots=True)
class Backup:
    id: str
    made_at: datetime
    expires_at: datetime
    root: int
    keys: dict[str, int]


def write(dest: Path, *, days: int = LONGEST_DAYS) -> Backup:
    """A consistent copy of every ring at this moment, durable on return; writers and readers go on.

    Raises:
        Invalid: `keyring_backup_days` when it would outlive 30 days.
    """
    if not 1 <= days <= LONGEST_DAYS:
        raise Invalid("keyring_backup_days", longest=LONGEST_DAYS)
    home = settings.YIDANG.home
    made, backup_id = clock.now(), str(uuid4())
    expires = made + timedelta(days=days)
    keyring_of(home).note_copy(backup_id, made.isoformat(), expires.isoformat())
    packed, counts = _packed(home)
    root = roots_of(home).register().root.number
    backup = Backup(backup_id, made, expires, root, counts)
    head = _TITLE + json.dumps(_plain(backup)).encode() + b"\n"
    make_private_folder(dest.parent)
    replace_durably(dest, head + seal(packed, key=_key(home, root), context=head))
    return backup


def read_head(source: Path) -> Backup:
    """Without any key. Raises Invalid `keyring_backup_damaged`."""
    with source.open("rb") as file:
        return _head(file.readline() + file.readline(1 << 16))


def check(source: Path) -> Backup:
    """Opens every byte and counts the keys. Raises Invalid `keyring_backup_damaged`."""
    return _opened(source, settings.YIDANG.home)[0]


def restore(source: Path, *, forget: Collection[str] = (), accept_expired: bool = False) -> Backup:
    """Puts the rings of the backup in the place of those that stand here, with the server stopped.

    `forget` are key ids destroyed since the backup was made: they are taken out before anything counts.

    Raises:
        Conflict: `keyring_backup_expired`, unless accepted. Invalid: `keyring_backup_damaged`.
    """
    home = settings.YIDANG.home
    backup, packed, standing = _opened(source, home)
    if backup.expires_at < clock.now() and not accept_expired:
        raise Conflict("keyring_backup_expired", expired_at=backup.expires_at.isoformat())
    make_private_folder(home / "keyring")
    for name in RINGS:
        path = ring_path(home, name)
        for beside in (path.with_name(path.name + "-wal"), path.with_name(path.name + "-shm")):
            beside.unlink(missing_ok=True)
        if path.name in packed:  # a copy from before there was a cold store has no ring for it
            replace_durably(path, packed[path.name])
    if _REGISTER in packed and not (home / "keys" / _REGISTER).exists():
        _restore_register(home, packed, standing)
    forget_keys()
    forget_keyrings()
    for name in RINGS:
        keyring_of(home, name).delete(forget)
    return backup


def _restore_register(home: Path, packed: dict[str, bytes], standing: Standing) -> None:
    """The former root keys first, because the register promises them."""
    make_private_folder(home / "keys")
    for name, sealed in packed.items():
        if name.startswith(RETIRED):
            replace_durably(home / "keys" / name, sealed)
    put_in_force(roots_of(home), registers.decode(packed[_REGISTER].partition(b"\n")[0]), standing)


def living(at: datetime | None = None) -> list[tuple[str, datetime]]:
    """(id, expires at) of every copy that may still hold a key deleted now, the first to expire first."""
    moment = at or clock.now()
    copies = [
        (one, datetime.fromisoformat(expires)) for one, _made, expires in keyring_of(settings.YIDANG.home).copies()
    ]
    return sorted((copy for copy in copies if copy[1] > moment), key=lambda copy: copy[1])


def expired(at: datetime | None = None) -> list[str]:
    """Ids of copies past their day: whoever keeps them deletes the files and then calls `removed`."""
    moment = at or clock.now()
    return [
        one
        for one, _made, expires in keyring_of(settings.YIDANG.home).copies()
        if datetime.fromisoformat(expires) <= moment
    ]


def removed(backup_id: str) -> None:
    """The file of this copy is gone everywhere."""
    keyring_of(settings.YIDANG.home).forget_copy(backup_id)


def latest_expiry() -> datetime | None:
    """When the last copy that holds the keys deleted now will have expired: from then on destruction is complete.

    None when no copy is left: it is complete already.
    """
    copies = keyring_of(settings.YIDANG.home).copies()
    return max((datetime.fromisoformat(expires) for _id, _made, expires in copies), default=None)


def _packed(home: Path) -> tuple[bytes, dict[str, int]]:
    packed = io.BytesIO()
    rings = {name: keyring_of(home, name).snapshot() for name in RINGS}
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as pack:
        for name, ring in rings.items():
            pack.writestr(ring_path(home, name).name, ring)
        for path in sorted(_beside(home)):
            pack.write(path, path.name)
    return packed.getvalue(), {name: _count(ring) for name, ring in rings.items()}


def _beside(home: Path) -> list[Path]:
    """What the root key in force needs beside it to open everything: all of it sealed or signed by it."""
    register = home / "keys" / _REGISTER
    return [register, *register.parent.glob(f"{RETIRED}*")] if register.exists() else []


def _opened(source: Path, home: Path) -> tuple[Backup, dict[str, bytes], Standing]:
    """Raises Invalid `keyring_backup_damaged`, also when a ring lacks keys the head promises."""
    whole = source.read_bytes()
    end = whole.find(b"\n", len(_TITLE)) + 1
    backup = _head(whole[:end])
    try:
        standing, plain = _unsealed(home, backup.root, whole[end:], whole[:end])
        with zipfile.ZipFile(io.BytesIO(plain)) as pack:
            packed = {name: pack.read(name) for name in pack.namelist()}
        counted = {name: _count(packed[ring_path(home, name).name]) for name in backup.keys}
    except (Invalid, KeyError, zipfile.BadZipFile, sqlite3.DatabaseError):
        raise Invalid("keyring_backup_damaged") from None
    if counted != backup.keys:
        raise Invalid("keyring_backup_damaged")
    return backup, packed, standing


def _unsealed(home: Path, root: int, sealed: bytes, head: bytes) -> tuple[Standing, bytes]:
    """Raises Invalid when nothing that stands here opens it; Unavailable `root_key_missing` when nothing does."""
    tried = None
    for tried in _standing(home, root):
        with suppress(Invalid):
            return tried, unseal(sealed, key=tried.service.derive(_LABEL, 16), context=head)
    if tried is None:
        raise Unavailable("root_key_missing", retryable=False, path=str(home / "keys"))
    raise Invalid("keyring_backup_damaged")


def _standing(home: Path, root: int) -> Iterable[Standing]:
    roots = roots_of(home)
    if roots.has_register():
        return [Standing(roots.register().root.kept, roots.service(root))]
    return candidates(roots, root, settings.YIDANG.root_key)


def _count(ring: bytes) -> int:
    with closing(sqlite3.connect(":memory:")) as database:
        database.deserialize(ring)
        found: int = database.execute("SELECT count(*) FROM data_key").fetchone()[0]
    return found


def _key(home: Path, root: int) -> bytes:
    return roots_of(home).service(root).derive(_LABEL, 16)


def _plain(backup: Backup) -> dict[str, Any]:
    return {
        "id": backup.id,
        "made_at": backup.made_at.isoformat(),
        "expires_at": backup.expires_at.isoformat(),
        "root": backup.root,
        "keys": backup.keys,
    }


def _head(lines: bytes) -> Backup:
    try:
        title, text = lines.splitlines(keepends=True)
        told = json.loads(text)
        times = datetime.fromisoformat(told["made_at"]), datetime.fromisoformat(told["expires_at"])
        backup = Backup(str(told["id"]), *times, int(told["root"]), dict(told["keys"]))
    except (ValueError, KeyError, TypeError):
        raise Invalid("keyring_backup_damaged") from None
    if title != _TITLE:
        raise Invalid("keyring_backup_damaged")
    return backup
