"""An accession of a few filed records, an archivist, a head and two third parties."""

from dataclasses import dataclass, replace
from uuid import UUID, uuid4

import pytest
from django.conf import settings

from people import employ
from yidang.checks import course, ports
from yidang.checks.records import Registered
from yidang.crypto.fields import content_digest
from yidang.crypto.sm import sm3
from yidang.holdings.description import Description, Field
from yidang.holdings.drafts import Draft, DraftFile, DraftPage, PageProperties
from yidang.holdings.models import Item
from yidang.holdings.operations import create_drafts, file_items
from yidang.holdings.reading import Line, PageReading
from yidang.holdings.scheme import load_scheme
from yidang.identity.models import Staff
from yidang.identity.policy import SYSTEM, Grant, grant_for
from yidang.preservation import staging


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    changed = replace(settings.YIDANG, home=tmp_path / "home", store="", virus_scanner="none")
    monkeypatch.setattr(settings, "YIDANG", changed)


def page_file(data: bytes, *, dpi: int = 300, skew: float = 0.1) -> DraftFile:
    staged = staging.create()
    staging.append(staged, 0, data)
    properties = PageProperties(width=1654, height=2339, dpi=dpi, skew=skew, text_origin="ocr")
    return DraftFile(
        locator=f"staged:{staged}",
        media_type="image/jpeg",
        puid="fmt/44",
        size=len(data),
        digest=content_digest(sm3(data)),
        name="扫描 001.jpg",
        sm3=sm3(data),
        pages=[DraftPage(0, properties, PageReading([Line("正文", [0, 0, 1, 1], 1)]))],
    )


def paper(number: int, *, dpi: int = 300, **values) -> Draft:
    fields = {"title": f"结算单{number}", "formed_on": "2026-03-01", **values}
    described = Description({key: Field(value, confidence=0.98) for key, value in fields.items()})
    return Draft(
        series="DYJS", year=2026, description=described, files=[page_file(f"第{number}张".encode() * 50, dpi=dpi)]
    )


@dataclass
class Bureau:
    staff: dict[str, Staff]

    def __getattr__(self, name: str) -> Grant:
        return grant_for(self.staff[name])

    def id(self, name: str) -> UUID:
        return self.staff[name].pk

    def take_in(self, *papers: Draft) -> UUID:
        accession = uuid4()
        items = create_drafts(SYSTEM, [replace(one, accession=accession) for one in papers])
        file_items(SYSTEM, [item.pk for item in items])
        ports.registers(lambda one: said(one, len(papers)))
        course.link(SYSTEM, accession=accession, number="A2026-0001", series="DYJS", year=2026)
        return accession


def said(accession: UUID, files: int) -> Registered:
    kept = sum(file.size for item in Item.objects.filter(accession=accession) for file in item.files.all())
    return Registered("A2026-0001", "DYJS", 2026, files, kept, files, kept, 0, 0, "cli", receipt_holds=True)


@pytest.fixture
def bureau(db):
    load_scheme()
    before = list(ports._registers)
    jobs = {
        "archivist": "archivist",
        "second": "archivist",
        "head": "manager",
        "acceptor": "acceptor",
        "other": "acceptor",
    }
    yield Bureau({name: employ(name, role) for name, role in jobs.items()})
    ports._registers[:] = before
