"""Files with bytes lost or changed: read, or refused with a reason; never anything else."""

from io import BytesIO
from random import Random

import pytest

from yidang.intake.reading.pages import DOCX, each_page, load_pages
from yidang.intake.samples.shipped import folder
from yidang.kernel.errors import Invalid

FILES = {
    "misc/misc-20250118-098.jpg": "image/jpeg",
    "enrol/enrol-20251020-000.png": "image/png",
    "unit/unit-20250709-001.webp": "image/webp",
    "invoice/invoice-20251118-007.tif": "image/tiff",
    "unit/unit-20250219-067.jp2": "image/jp2",
    "born/remote-filing-20250418-702.pdf": "application/pdf",
    "born/invoice-20250711-711.ofd": "application/ofd",
    "letter/letter-20040302-713.docx": DOCX,
}


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("seed", range(12))
def test_a_spoiled_file_is_read_or_refused(name, seed):
    rng = Random(f"{name}/{seed}")
    content = bytearray((folder() / name).read_bytes())
    if seed % 3 == 0:
        del content[rng.randrange(len(content)) :]
    for _ in range(rng.choice((1, 5, 40))):
        if content:
            content[rng.randrange(min(len(content), rng.choice((300, 3000, len(content)))))] = rng.randrange(256)
    code = "file_damaged"
    try:
        pages = load_pages(BytesIO(bytes(content)), FILES[name])
        for page in list(each_page(pages))[:2]:
            page.own_lines()
            assert page.render(200).shape[2] == 3
    except Invalid as refused:
        code = refused.code
    assert code in {"file_damaged", "file_password", "page_too_large", "too_many_pages"}
