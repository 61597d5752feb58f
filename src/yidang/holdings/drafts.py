"""What intake hands over: items as received, before they are filed."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from yidang.holdings.description import Description
from yidang.holdings.reading import PageReading


@dataclass(frozen=True)
class PageProperties:
    """Sizes in pixels of the upright page, `rotation` the degrees clockwise that make it upright, `skew` in degrees."""

    width: int = 0
    height: int = 0
    dpi: int = 0
    rotation: int = 0
    skew: float = 0.0
    is_blank: bool = False
    has_seal: bool = False
    text_origin: str = "none"  # Page.TextOrigin
    confidence: float | None = None


@dataclass(frozen=True)
class DraftPage:
    """`reading` is given where the text is known at once, as in born-digital files."""

    index_in_file: int
    properties: PageProperties = field(default_factory=PageProperties)
    reading: PageReading | None = None


@dataclass(frozen=True)
class DraftFile:
    """`digest`: crypto.fields.content_digest of the bytes' SM3; `name`: as received, kept sealed."""

    locator: str
    media_type: str
    size: int
    digest: bytes
    puid: str = ""
    name: str = ""
    sm3: bytes = b""
    pages: Sequence[DraftPage] = ()


@dataclass(frozen=True)
class Draft:
    series: str
    year: int
    description: Description
    files: Sequence[DraftFile] = ()
    accession: UUID | None = None
    document_type: str = ""
    confidence: float | None = None
    is_paper_only: bool = False
    volume: UUID | None = None
    id: UUID = field(default_factory=uuid4)
