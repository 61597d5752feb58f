"""The `provenance` file: what happened to the record, who did it and why; PREMIS 3 events.

It also keeps the salt of every version's commitment in the ledger, so that whoever may read the record can show
that an entry tells of it, and nobody else can guess from an entry what the record says.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from yidang.holdings.dossier import Dossier
from yidang.kernel.errors import Invalid

FORMAT = "yidang-provenance/1"
VOCABULARY = "http://id.loc.gov/vocabulary/preservation/eventType"
_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


@dataclass(frozen=True)
class VersionNote:
    """`kind`: filed, described, restored, moved, paged; `salt` in hex."""

    number: int
    kind: str
    at: str
    actor: str
    reason: str
    salt: str


@dataclass(frozen=True)
class Event:
    """`type` is a label of the Library of Congress's vocabulary; `object` a logical name of the version."""

    type: str
    at: str
    agent: str
    object: str
    detail: str = ""
    outcome: str = "success"


@dataclass(frozen=True)
class Provenance:
    versions: Sequence[VersionNote] = ()
    events: Sequence[Event] = ()

    def with_version(self, note: VersionNote, events: Sequence[Event]) -> "Provenance":
        return replace(self, versions=(*self.versions, note), events=(*self.events, *events))

    def encode(self) -> bytes:
        parts: dict[str, Any] = {
            "format": FORMAT,
            "vocabulary": VOCABULARY,
            "versions": [vars(note) for note in self.versions],
            "events": [vars(event) for event in self.events],
        }
        return _encode(parts).encode()

    @classmethod
    def decode(cls, data: bytes) -> "Provenance":
        """Raises Invalid: `provenance_damaged`."""
        try:
            return cls._from_parts(json.loads(data))
        except (ValueError, KeyError, TypeError, AttributeError):
            raise Invalid("provenance_damaged") from None

    @classmethod
    def _from_parts(cls, parts: dict[str, Any]) -> "Provenance":
        if parts["format"] != FORMAT:
            raise ValueError
        versions = tuple(VersionNote(**note) for note in parts["versions"])
        return cls(versions, tuple(Event(**event) for event in parts["events"]))


def filing_events(dossier: Dossier) -> list[Event]:
    """What happened to the files between their receipt and the store."""
    events = [event for file in dossier.files for event in _file_events(dossier, file.ordinal)]
    if any(page.text_origin != "none" for page in dossier.pages):
        origins = sorted({page.text_origin for page in dossier.pages})
        events.append(Event("metadata extraction", dossier.filed_at, "system:reading", "text", ",".join(origins)))
    events.append(Event("information package creation", dossier.filed_at, dossier.filed_by, "description"))
    return events


def _file_events(dossier: Dossier, ordinal: int) -> list[Event]:
    file = dossier.files[ordinal - 1]
    name = f"original/{ordinal}"
    source = f"accession {dossier.accession}" if dossier.accession else ""
    events = [
        Event("ingestion", dossier.created_at, "system:intake", name, source),
        Event("format identification", dossier.created_at, "system:intake", name, file.puid or file.media_type),
        Event("encryption", dossier.filed_at, "system:preservation", name, "SM4-GCM"),
    ]
    if file.sm3:
        digest = Event("message digest calculation", dossier.created_at, "system:intake", name, f"SM3 {file.sm3}")
        events.insert(1, digest)
    return events


def added_events(dossier: Dossier, ordinals: Sequence[int], *, at: str, by: str, accession: str) -> list[Event]:
    """Files that became part of a filed record, as `filing_events` tells of the first ones."""
    told = replace(dossier, created_at=at, filed_at=at, filed_by=by, accession=accession or None)
    return [event for ordinal in ordinals for event in _file_events(told, ordinal)]


_TYPES = {
    "described": "metadata modification",
    "moved": "metadata modification",
    "paged": "modification",
    "extended": "modification",
}


def change_events(note: VersionNote) -> list[Event]:
    kind = _TYPES.get(note.kind, "metadata modification")
    return [Event(kind, note.at, note.actor, "description", note.kind)]
