"""What the automatic checks look at: a record as the catalogue tells it. No database here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True)
class FileFacts:
    ordinal: int
    locator: str
    media_type: str
    size: int
    page_count: int
    digest: bytes


@dataclass(frozen=True, slots=True)
class PageFacts:
    number: int
    file: int  # ordinal of its file
    index_in_file: int
    is_read: bool
    dpi: int
    skew: float
    is_born_digital: bool


@dataclass(frozen=True, slots=True)
class Record:
    """`name` is the 档号, or the working number before filing; `fields` are the described values."""

    id: UUID
    name: str
    reference_code: str
    is_legacy_code: bool
    is_paper_only: bool
    is_filed: bool
    series: str
    fonds: str
    year: int
    term: str
    formed_on: date | None
    document_type: str
    security_class: str
    page_count: int
    version: int
    filed_by: str
    fields: Mapping[str, Any]
    files: Sequence[FileFacts] = ()
    pages: Sequence[PageFacts] = ()


@dataclass(frozen=True, slots=True)
class Flaw:
    """What is wrong with one record; `facts` name fields, codes and counts, never a described value."""

    item: UUID | None
    name: str
    why: str
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Registered:
    """What an accession says it is: told by the room that received it."""

    number: str
    series: str
    year: int
    files: int
    bytes: int
    accepted: int
    accepted_bytes: int
    apart: int  # duplicates, quarantined and discarded: each with its reason in the accession's own list
    waiting: int
    channel: str
    receipt_holds: bool  # what the receipt said then is what it says now
