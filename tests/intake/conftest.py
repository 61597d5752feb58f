"""An empty archive with its scheme, an archivist, and small files of every kind."""

import io
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest
from django.conf import settings
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from yidang.holdings.scheme import load_scheme
from yidang.identity.policy import system_grant
from yidang.intake import jobs
from yidang.intake.models import Accession
from yidang.intake.operations import close_accession, open_accession, receive_paths, walk
from yidang.intake.queries import report


@pytest.fixture
def scheme(transactional_db: None) -> None:
    load_scheme()


@pytest.fixture(autouse=True)
def _plain_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stands in for typing and extraction, which have tests of their own."""
    from yidang.holdings.description import Description, Field

    typing, extract = ModuleType("typing"), ModuleType("extract")
    typing.classify = lambda _texts: ("other", 0.6)
    extract.extract = lambda _kind, _readings: Description({"title": Field("Read title", confidence=0.95)})
    monkeypatch.setitem(sys.modules, "yidang.intake.reading.typing", typing)
    monkeypatch.setitem(sys.modules, "yidang.intake.reading.extract", extract)


@pytest.fixture
def grant():
    return system_grant("test")


@pytest.fixture
def sure() -> None:
    """Everything that is read is filed."""
    object.__setattr__(settings.YIDANG, "filing_confidence", 0.0)


@pytest.fixture(autouse=True)
def _restore_confidence() -> Iterator[None]:
    before = settings.YIDANG.filing_confidence
    yield
    object.__setattr__(settings.YIDANG, "filing_confidence", before)


def pdf(text: str = "Hospital settlement 2026", pages: int = 1) -> bytes:
    sink = io.BytesIO()
    canvas = Canvas(sink)
    for number in range(pages):
        canvas.drawString(72, 700, f"{text} page {number + 1} of the record")
        canvas.showPage()
    canvas.save()
    return sink.getvalue()


def picture(shade: int = 250, kind: str = "JPEG", size: tuple[int, int] = (300, 400)) -> bytes:
    sink = io.BytesIO()
    Image.new("RGB", size, (shade, shade, shade)).save(sink, kind)
    return sink.getvalue()


@pytest.fixture
def make() -> SimpleNamespace:
    return SimpleNamespace(pdf=pdf, picture=picture)


@pytest.fixture
def ingest(scheme: None, grant) -> Callable[..., dict]:
    """Takes a folder or file through intake in this process and gives the report."""

    def run(root: Path, *, catalogue: Path | None = None, series: str = "DYJS") -> dict:
        from yidang.intake.operations import Incoming

        accession = open_accession(grant=grant, series=series, year=2026, channel="cli")
        incoming = [one for one in walk(root) if catalogue is None or one.source != catalogue]
        if catalogue:
            incoming.append(Incoming(catalogue, catalogue.name, is_catalogue=True))
        receive_paths(grant=grant, accession_id=accession.pk, incoming=incoming)
        with jobs.inline() as queue:
            close_accession(grant=grant, accession_id=accession.pk)
            queue.run()
        return report(Accession.objects.get(pk=accession.pk)) | {"id": accession.pk}

    return run


@pytest.fixture
def folder(tmp_path: Path) -> Callable[[dict[str, bytes]], Path]:
    def write(files: dict[str, bytes]) -> Path:
        root = tmp_path / "batch"
        for name, data in files.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        return root

    return write
