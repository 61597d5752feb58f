"""Two records of two departments, filed on the archive that runs: `runpy.run_path(this)["filed"]()`."""

from io import BytesIO

from PIL import Image, ImageDraw

PERSON = "11010519491231002X"
WORD = "门诊慢特病走查"
# Where the drawn sheet has ink and its reading has words; the name is the last half of the line.
LINE, TEXT = [0.1, 0.1, 0.5, 0.13], "姓名：张三丰"


def sheet() -> bytes:
    picture = Image.new("RGB", (800, 1132), "white")
    ImageDraw.Draw(picture).rectangle([80, 113, 400, 147], fill=(120, 160, 200))
    sink = BytesIO()
    picture.save(sink, "JPEG", quality=90)
    return sink.getvalue()


def filed() -> dict[str, dict[str, str]]:
    """own: of 骨科, the doctor's, and of the clerk's section; foreign: of 心内科 and another section."""
    from yidang.holdings import operations
    from yidang.identity.policy import SYSTEM

    drafts = {"own": draft("DYJS", "骨科"), "foreign": draft("CBGR", "心内科")}
    made = operations.create_drafts(SYSTEM, list(drafts.values()))
    items = operations.file_items(SYSTEM, [item.pk for item in made])
    by_series = {item.series_id: item for item in items}
    order = {"own": by_series["DYJS"], "foreign": by_series["CBGR"]}
    return {side: {"id": str(item.pk), "code": item.reference_code} for side, item in order.items()}


def draft(series: str, department: str):
    from yidang.crypto.fields import content_digest
    from yidang.crypto.sm import sm3
    from yidang.holdings.description import Description, Field
    from yidang.holdings.drafts import Draft, DraftFile, DraftPage, PageProperties
    from yidang.holdings.reading import Line, PageReading
    from yidang.preservation import staging

    data, staging_id = sheet(), staging.create()
    staging.append(staging_id, 0, data)
    digest = sm3(data)
    values = {"title": f"张三丰{WORD}", "person_name": "张三丰", "id_number": PERSON, "department": department}
    described = Description(
        {key: Field(value, confidence=0.98) for key, value in {**values, "formed_on": "2026-03-01"}.items()}
    )
    page = DraftPage(0, PageProperties(800, 1132, dpi=100, text_origin="ocr"), PageReading([Line(TEXT, LINE, 0.99)]))
    file = DraftFile(
        locator=f"staged:{staging_id}",
        media_type="image/jpeg",
        size=len(data),
        digest=content_digest(digest),
        puid="fmt/44",
        name="扫描.jpg",
        sm3=digest,
        pages=[page],
    )
    return Draft(series=series, year=2026, description=described, files=[file])
