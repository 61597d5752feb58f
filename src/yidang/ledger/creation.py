"""Making the log on first use, and opening it for writing."""

import json
import secrets
from pathlib import Path

from yidang.crypto.durable import create_durably, replace_durably
from yidang.kernel.clock import now
from yidang.kernel.errors import Conflict
from yidang.ledger.events import say_time
from yidang.ledger.folder import FORMAT, HASH, LedgerFolder
from yidang.ledger.merkle import EMPTY_ROOT
from yidang.ledger.notes import PublicKey
from yidang.ledger.signing import signing_keys
from yidang.ledger.writing import LedgerWriter, settle_history


def open_writer(home: Path, *, is_new: bool) -> LedgerWriter:
    """For the holder of the folder's lock. Raises Conflict `ledger_files_missing` when a known log's files are gone."""
    folder = LedgerFolder(home / "ledger")
    if folder.exists:
        writer = LedgerWriter(folder, signing_keys(home, may_create=False))
        settle_history(folder)
        return writer
    if not is_new:
        raise Conflict("ledger_files_missing", path=str(folder.path))
    return _create(home, folder)


def _create(home: Path, folder: LedgerFolder) -> LedgerWriter:
    """Every step may be repeated after a kill; the checkpoint of the empty log comes last."""
    about = {
        "format": FORMAT,
        "origin": f"yidang/{secrets.token_hex(8)}/sm3",
        "hash": HASH,
        "created_at": say_time(now()),
    }
    create_durably(folder.path / "log.json", (json.dumps(about, indent=1) + "\n").encode())
    keys = signing_keys(home, may_create=True)
    lines = (str(PublicKey(folder.origin, key.algorithm, key.public)) for key in keys)
    replace_durably(folder.path / "keys", ("\n".join(lines) + "\n").encode())
    (folder.path / "checkpoints").unlink(missing_ok=True)
    writer = LedgerWriter(folder, keys)
    writer.publish(0, EMPTY_ROOT)
    return writer
