"""Invented records, with the faults that scanning makes."""

from uuid import uuid4

from yidang.crypto.fields import content_digest
from yidang.crypto.sm import sm3
from yidang.holdings import operations
from yidang.holdings.description import Description, Field
from yidang.holdings.drafts import Draft, DraftFile, DraftPage, PageProperties
from yidang.holdings.models import Item
from yidang.holdings.reading import Line, PageReading
from yidang.identity.policy import SYSTEM
from yidang.preservation import staging

ONE, OTHER = "11010519491231002X", "330106198001010013"


def reading(text):
    lines = text.split("\n")
    return PageReading([Line(line, [0.1, 0.03 * n, 0.5, 0.03 * n + 0.02], 0.99) for n, line in enumerate(lines, 1)])


def drawn(text, **more):
    known = {"width": 800, "height": 1132, "dpi": 100, "text_origin": "ocr"} | more
    return PageProperties(**known), reading(text)


def draft(*pages, data=b"", series="DYJS", year=2026, formed_on="2026-03-01", kind="other", institution="", **values):
    original = data or b"\xff\xd8 invented " + uuid4().bytes
    staging_id = staging.create()
    staging.append(staging_id, 0, original)
    pages = [drawn(page) if isinstance(page, str) else page for page in pages or ("正文",)]
    file = DraftFile(
        locator=f"staged:{staging_id}",
        media_type="image/jpeg",
        size=len(original),
        digest=content_digest(sm3(original)),
        puid="fmt/44",
        name="扫描.jpg",
        sm3=sm3(original),
        pages=[DraftPage(n, properties, words) for n, (properties, words) in enumerate(pages)],
    )
    told = {"title": "住院费用结算清单", "formed_on": formed_on, "institution": institution} | values
    fields = {key: Field(value, confidence=0.98, page=1) for key, value in told.items() if value}
    return Draft(series=series, year=year, document_type=kind, description=Description(fields), files=[file])


def file(*drafts, grant=SYSTEM) -> list[Item]:
    made = operations.create_drafts(SYSTEM, drafts)
    return operations.file_items(grant, [item.pk for item in made])
