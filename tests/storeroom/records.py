"""Invented records, filed, for a storekeeper to carry about."""

from yidang.crypto.fields import content_digest
from yidang.crypto.sm import sm3
from yidang.holdings import operations
from yidang.holdings.description import Description, Field
from yidang.holdings.drafts import Draft, DraftFile, DraftPage, PageProperties
from yidang.holdings.models import Item
from yidang.holdings.reading import Line, PageReading
from yidang.identity.policy import SYSTEM
from yidang.preservation import staging


def file(count: int = 1) -> list[Item]:
    made = operations.create_drafts(SYSTEM, [_draft(number) for number in range(count)])
    return operations.file_items(SYSTEM, [item.pk for item in made])


def _draft(number: int) -> Draft:
    data = f"invented {number}".encode()
    fields = {"title": f"张某{number}门诊报销", "formed_on": "2026-05-20"}
    reading = PageReading([Line("正文", [0, 0, 1, 1], 1)])
    source = DraftFile(
        locator=f"staged:{staging.put(data)}",
        media_type="image/jpeg",
        size=len(data),
        digest=content_digest(sm3(data)),
        puid="fmt/44",
        name="扫描.jpg",
        sm3=sm3(data),
        pages=[DraftPage(0, PageProperties(800, 1132, dpi=100, text_origin="ocr"), reading)],
    )
    described = Description({key: Field(value, confidence=0.98) for key, value in fields.items()})
    return Draft(series="DYMZ", year=2026, description=described, files=[source])
