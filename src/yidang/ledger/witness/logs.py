"""The logs a witness knows: origin, hash, public keys. One key a line: `<hash> <name>+<key id>+<key>`.

A log's keys are trusted from the day the witness's operator wrote them down; no request can change them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from yidang.crypto.durable import make_private_folder, replace_durably
from yidang.kernel.errors import Conflict, Invalid
from yidang.ledger.consistency import HASHES, Hash
from yidang.ledger.notes import Checkpoint, PublicKey, parse_public_keys


@dataclass(frozen=True, slots=True)
class KnownLog:
    origin: str
    hash: str
    keys: tuple[PublicKey, ...]

    @property
    def digest(self) -> Hash:
        return HASHES[self.hash]

    def has_signed(self, checkpoint: Checkpoint) -> bool:
        return any(key.verifies(checkpoint) for key in self.keys)

    def lines(self) -> str:
        return "".join(f"{self.hash} {key}\n" for key in self.keys)


def parse_logs(text: str) -> dict[str, KnownLog]:
    """Raises Invalid `witness_logs_malformed` or `ledger_public_key_malformed`."""
    found: dict[str, KnownLog] = {}
    for line in filter(None, map(str.strip, text.splitlines())):
        kind, _blank, key = line.partition(" ")
        if kind not in HASHES:
            raise Invalid("witness_logs_malformed", line=line, allowed=", ".join(HASHES))
        public = next(iter(parse_public_keys(key)), None)
        if public is None:
            raise Invalid("witness_logs_malformed", line=line, allowed=", ".join(HASHES))
        known = found.get(public.name, KnownLog(public.name, kind, ()))
        if known.hash != kind:
            raise Invalid("witness_logs_malformed", line=line, allowed=known.hash)
        found[public.name] = KnownLog(public.name, kind, (*known.keys, public))
    return found


def known_logs(folder: Path) -> dict[str, KnownLog]:
    path = folder / "logs"
    return parse_logs(path.read_text(encoding="utf-8")) if path.exists() else {}


def add_log(folder: Path, keys: str, *, kind: str = "SM3") -> KnownLog:
    """`keys` is the text of the log's file of that name.

    Raises:
        Conflict: `witness_log_differs`, when the origin is known by other keys: a witness never changes them by itself.
        Invalid: `ledger_public_key_malformed` or `witness_logs_malformed`.
    """
    lines = "".join(f"{kind} {line}\n" for line in keys.splitlines() if line.strip())
    given = parse_logs(lines)
    if len(given) != 1:
        raise Invalid("witness_logs_malformed", line=keys.strip()[:80], allowed=", ".join(HASHES))
    (log,) = given.values()
    known = known_logs(folder)
    if known.get(log.origin, log) != log:
        raise Conflict("witness_log_differs", origin=log.origin)
    _write(folder, {**known, log.origin: log})
    return log


def _write(folder: Path, logs: Mapping[str, KnownLog]) -> None:
    make_private_folder(folder)
    replace_durably(folder / "logs", "".join(_sorted_lines(logs.values())).encode())


def _sorted_lines(logs: Iterable[KnownLog]) -> list[str]:
    return [log.lines() for log in sorted(logs, key=lambda log: log.origin)]
