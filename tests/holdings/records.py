"""Invented records for the holdings' tests."""

import secrets
from uuid import UUID

from yidang.crypto.fields import content_digest
from yidang.crypto.sm import sm3
from yidang.holdings.description import Description, Field
from yidang.holdings.drafts import Draft, DraftFile, DraftPage, PageProperties
from yidang.holdings.models import Item
from yidang.holdings.reading import Line, PageReading
from yidang.preservation import staging


def staged(data: bytes) -> str:
    staging_id = staging.create()
    staging.append(staging_id, 0, data)
    return f"staged:{staging_id}"


def describing(title: str = "张三参保登记表", **values: str | int) -> Description:
    fields = {"title": title, "formed_on": "2026-03-01", **values}
    return Description({key: Field(value, confidence=0.98) for key, value in fields.items()})


def reading(*lines: str) -> PageReading:
    return PageReading([Line(text, [0.1, 0.1 * n, 0.9, 0.1 * n + 0.05], 0.99) for n, text in enumerate(lines, 1)])


def draft_file(data: bytes, *pages: PageReading | None) -> DraftFile:
    digest = sm3(data)
    return DraftFile(
        locator=staged(data),
        media_type="image/jpeg",
        puid="fmt/44",
        size=len(data),
        digest=content_digest(digest),
        name="扫描 001.jpg",
        sm3=digest,
        pages=[
            DraftPage(number, PageProperties(width=1654, height=2339, dpi=200, text_origin="ocr"), page)
            for number, page in enumerate(pages)
        ],
    )


def draft(description: Description | None = None, *, series: str = "CBGR", data: bytes | None = None, **more) -> Draft:
    original = secrets.token_bytes(3000) if data is None else data
    pages = more.pop("pages", [reading("参保登记表", "姓名 张三")])
    return Draft(
        series=series,
        year=more.pop("year", 2026),
        description=description or describing(),
        files=more.pop("files", None) or [draft_file(original, *pages)],
        **more,
    )


def ids(items: list[Item]) -> list[UUID]:
    return [item.pk for item in items]
