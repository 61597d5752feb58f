"""Invented records that are long over."""

from yidang.crypto.fields import content_digest
from yidang.crypto.sm import sm3
from yidang.holdings import operations
from yidang.holdings.description import Description, Field
from yidang.holdings.drafts import Draft, DraftFile, DraftPage, PageProperties
from yidang.holdings.models import Item
from yidang.holdings.reading import Line, PageReading
from yidang.identity.policy import SYSTEM
from yidang.kernel.resident_id import check_digit
from yidang.preservation import staging

PERSON = "11010519491231002X"


def number(n: int) -> str:
    first = f"330106198001{n % 28 + 1:02d}{2 * n + 1:03d}"
    return first + check_digit(first)


def file(series="DYMZ", year=2014, count=1, **values) -> list[Item]:
    drafts = [_draft(series, year, n, values) for n in range(count)]
    made = operations.create_drafts(SYSTEM, drafts)
    return operations.file_items(SYSTEM, [item.pk for item in made])


def _draft(series, year, n, values):
    data = b"\xff\xd8 invented " + repr((series, year, n, values)).encode()
    staging_id = staging.create()
    staging.append(staging_id, 0, data)
    told = {"title": f"张某{n}门诊报销", "formed_on": f"{year}-05-20", "id_number": number(n)} | values
    page = DraftPage(
        0, PageProperties(800, 1132, dpi=100, text_origin="ocr"), PageReading([Line("正文", [0, 0, 1, 1], 1)])
    )
    source = DraftFile(
        locator=f"staged:{staging_id}",
        media_type="image/jpeg",
        size=len(data),
        digest=content_digest(sm3(data)),
        puid="fmt/44",
        name="扫描.jpg",
        sm3=sm3(data),
        pages=[page],
    )
    fields = {key: Field(value, confidence=0.98) for key, value in told.items()}
    return Draft(series=series, year=year, description=Description(fields), files=[source])
