"""The database's log, segment by segment, so that any moment since the last run can be restored.

The server lays finished segments into home/wal, at the latest after a minute in which something was written; from
there they go to the copies, sealed, and are removed here once they are durable there.
"""

import re
import zlib

from yidang.crypto.keys import vault
from yidang.preservation.copies.checking import Checked, read_runs
from yidang.preservation.copies.deposit import Deposit, open_deposit
from yidang.site.config import Config
from yidang.site.copies.tools import as_owner
from yidang.site.runtime.postgres import archive_folder

_SEGMENT = re.compile(r"[0-9A-F]{24}|[0-9A-F]{8}\.history")


def ship_log(config: Config) -> int:
    """The number of segments brought away."""
    folder = archive_folder(config.home)
    waiting = sorted(path for path in folder.glob("*") if _SEGMENT.fullmatch(path.name)) if folder.exists() else []
    if not waiting or not config.backup_to:
        return 0
    for label in folder.glob("*.backup"):
        label.unlink()  # where base backups began: they say so themselves
    deposit = open_deposit(config.backup_to, vault(), s3_endpoint=config.s3_endpoint, may_create=True)
    place = f"wal/{_system(config)}"
    for path in waiting:
        deposit.put(f"{place}/{path.name}", zlib.compress(path.read_bytes(), 1))
        path.unlink()
    return len(waiting)


def forget_log(deposit: Deposit) -> int:
    """Segments older than any kept run needs; how many went."""
    checked = Checked()
    runs = [run.database for run in read_runs(deposit, checked) if run.database and "segment" in run.database]
    if checked.differences or not runs:
        return 0
    first = {str(one["system"]): "" for one in runs}
    for system in first:
        first[system] = min(str(one["segment"])[8:] for one in runs if one["system"] == system)
    count = 0
    for key in list(deposit.store.walk("wal/")):
        _, system, name = key.split("/")
        if len(name) == 24 and (system not in first or name[8:] < first[system]):  # noqa: PLR2004 - a segment's name
            deposit.store.delete(key)
            count += 1
    return count


def _system(config: Config) -> str:
    with as_owner(config) as server:
        row = server.execute("SELECT system_identifier FROM pg_control_system()").fetchone()
    return str(row[0]) if row else "unknown"
