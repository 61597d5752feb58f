"""The log as files that other systems take in: JSON Lines, and ArcSight CEF inside RFC 5424 syslog."""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from importlib.metadata import version

from yidang.access.watch.log import Line, facts_of

_FACILITY_AUDIT = 13
_INFORMATIONAL, _WARNING = 6, 4
_GRAVE = re.compile(r"refused|damaged|revoked|destroyed|unmasked|broken|exported|quarantined")
_NIL = "-"


def as_json_lines(lines: Iterable[Line]) -> Iterator[str]:
    for line in lines:
        yield json.dumps(facts_of(line), ensure_ascii=False, separators=(",", ":"), default=str) + "\n"


def as_syslog(lines: Iterable[Line]) -> Iterator[str]:
    """One RFC 5424 line each, facility 13 (log audit), whose message is CEF."""
    for line in lines:
        event = line.event
        severity = _WARNING if _GRAVE.search(event.action) else _INFORMATIONAL
        head = f"<{_FACILITY_AUDIT * 8 + severity}>1 {event.at.isoformat()} yidang ledger {_NIL} {event.action} {_NIL}"
        yield f"{head} {cef(line)}\n"


def cef(line: Line) -> str:
    """CEF:0|Yidang|Yidang|<version>|<action>|<action>|<severity>|<extension>."""
    event, said = line.event, facts_of(line)
    extension = {
        "externalId": said["id"],
        "rt": str(int(event.at.timestamp() * 1000)),
        "suid": event.actor,
        "suser": line.who,
        "cs1Label": "subject",
        "cs1": said["subject"] or "",
        "cs2Label": "referenceCode",
        "cs2": line.reference_code,
        "cn1Label": "position",
        "cn1": "" if event.position is None else str(event.position),
        "msg": json.dumps(said["facts"], ensure_ascii=False, separators=(",", ":"), default=str),
    }
    severity = "6" if _GRAVE.search(event.action) else "3"
    head = ["CEF:0", "Yidang", "Yidang", version("yidang"), event.action, event.action, severity]
    told = " ".join(f"{key}={_extension(value)}" for key, value in extension.items() if value)
    return "|".join(map(_header, head)) + "|" + told


def _header(text: str) -> str:
    return re.sub(r"[\r\n]", " ", text.replace("\\", "\\\\").replace("|", "\\|"))


def _extension(text: str) -> str:
    return text.replace("\\", "\\\\").replace("=", "\\=").replace("\r", "").replace("\n", "\\n")


FORMS: dict[str, tuple[str, str, Callable[[Iterable[Line]], Iterator[str]]]] = {
    "jsonl": ("application/x-ndjson", "jsonl", as_json_lines),
    "cef": ("text/plain; charset=utf-8", "log", as_syslog),
}
