"""One look at a received file: what it is, whether it is whole, its pages and the text it brings along.

Nothing here writes to the database.
"""

import hashlib
import logging
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from typing import BinaryIO, cast

from PIL import Image

from yidang.crypto.fields import content_digest
from yidang.holdings.drafts import DraftPage, PageProperties
from yidang.holdings.reading import PageReading
from yidang.intake.errors import Refused
from yidang.intake.formats import Family, Format, Source, identify, suffix_fits
from yidang.intake.formats.integrity import check_whole
from yidang.intake.formats.recordings import Recording, look
from yidang.intake.limits import LIMITS
from yidang.intake.models import ReceivedFile
from yidang.intake.reading.pages import PageSource, load_pages
from yidang.intake.sealed import path_of, seal_about
from yidang.kernel.errors import DomainError, Invalid, Unavailable
from yidang.preservation import staging
from yidang.preservation.content import remember, staged

log = logging.getLogger(__name__)
PIECE = 4 * 2**20
Image.MAX_IMAGE_PIXELS = None  # `reading.limits` looks at the size before decoding, and can say what it is
GLANCE = 256  # pixels: enough for the decoder to have gone through the whole picture
PICTURES = frozenset({Family.JPEG, Family.PNG, Family.JPEG2000, Family.TIFF, Family.BMP, Family.GIF, Family.WEBP})


@dataclass
class Looked:
    """`problem` says why the file goes to quarantine; the rest is then whatever was found before."""

    file: ReceivedFile
    format: Format | None = None
    pages: list[DraftPage] = field(default_factory=list)
    recording: Recording | None = None
    problem: Invalid | None = None

    @property
    def is_single_picture(self) -> bool:
        return self.format is not None and self.format.family in PICTURES and len(self.pages) == 1

    def texts(self) -> list[PageReading]:
        return [page.reading or PageReading() for page in self.pages]

    @property
    def is_read(self) -> bool:
        return all(page.reading is not None for page in self.pages)


def look_at(file: ReceivedFile) -> Looked:
    """Raises Unavailable when the staging area cannot be reached; everything else is the file's own fault."""
    looked = Looked(file)
    try:
        with _source(file) as source:
            _digest(file, source)
            _look(looked, source)
    except Invalid as problem:
        looked.problem = problem
    except (Unavailable, DomainError):
        raise
    except Exception as problem:  # noqa: BLE001 - decoders of foreign files throw whatever they like
        log.warning("A decoder failed with %s on file %s", type(problem).__name__, file.id)
        looked.problem = Refused("file_damaged", problem=type(problem).__name__)
    return looked


@contextmanager
def _source(file: ReceivedFile) -> Iterator[Source]:
    if not file.staged or not file.size:
        raise Refused("file_empty")
    with closing(staging.open(file.staged)) as reader:
        if file.size <= LIMITS.in_memory_bytes:
            whole = reader.read()
            remember(staged(file.staged), whole)  # it is wanted again in a moment, for filing
            yield Source.of_bytes(whole)
        else:
            yield Source.of_reader(cast("BinaryIO", reader), file.size)


def _digest(file: ReceivedFile, source: Source) -> None:
    """Known since receipt, unless the file came in pieces."""
    if file.digest is not None:
        return
    digest = hashlib.new("sm3", source.whole or b"")
    if source.whole is None:
        source.reader.seek(0)
        while piece := source.reader.read(PIECE):
            digest.update(piece)
    file.digest = content_digest(digest.digest())
    file.about = seal_about(file.id, path_of(file), digest.digest())


def _look(looked: Looked, source: Source) -> None:
    found = looked.format = identify(source)
    if found.family == Family.UNKNOWN:
        raise Refused("format_unknown")
    if not found.is_accepted:
        raise Refused("format_not_accepted", format=found.family.value)
    path = path_of(looked.file)
    if not looked.file.is_vouched and not suffix_fits(path, found.family):
        raise Refused("extension_wrong", format=found.family.value, suffix="." + path.rpartition(".")[2])
    check_whole(source, found.family)
    if found.is_recording:
        looked.recording = look(source, found.family)
    else:
        looked.pages = _pages(source, found)


def _pages(source: Source, found: Format) -> list[DraftPage]:
    source.reader.seek(0)
    with closing(load_pages(source.reader, found)) as pages:
        if found.family == Family.GIF and len(pages) > 1:
            raise Refused("format_not_accepted", format="GIF (animated)")
        return [_page(index, pages[index], found) for index in range(len(pages))]


def _page(index: int, page: PageSource, found: Format) -> DraftPage:
    if found.family in PICTURES:
        page.render(GLANCE)
    width, height = page.size
    lines = page.own_lines()
    if lines is None:
        return DraftPage(index, PageProperties(width=width, height=height, dpi=page.dpi))
    properties = PageProperties(
        width=width, height=height, dpi=page.dpi, is_blank=not lines, text_origin="born", confidence=1.0
    )
    return DraftPage(index, properties, PageReading(lines))
