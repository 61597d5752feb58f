"""Pages of every format as pictures or text, and files that cannot be read."""

import io
import zipfile

import numpy as np
import pikepdf
import pytest
from PIL import Image, ImageDraw

from yidang.intake.reading.pages import DOCX, is_paged, load_pages
from yidang.intake.samples.files import as_docx, zipped
from yidang.kernel.errors import Invalid


def saved(image: Image.Image, kind: str, **options: object) -> io.BytesIO:
    sink = io.BytesIO()
    image.save(sink, kind, **options)
    sink.seek(0)
    return sink


def sheet(width: int = 400, height: int = 600, mode: str = "RGB") -> Image.Image:
    image = Image.new(mode, (width, height), "white")
    ImageDraw.Draw(image).rectangle((20, 20, 120, 60), fill=0)
    return image


@pytest.mark.parametrize(
    ("kind", "media_type"),
    [
        ("JPEG", "image/jpeg"),
        ("PNG", "image/png"),
        ("TIFF", "image/tiff"),
        ("JPEG2000", "image/jp2"),
        ("BMP", "image/bmp"),
        ("WEBP", "image/webp"),
        ("GIF", "image/gif"),
    ],
)
def test_a_picture_is_one_page_in_its_own_size(kind, media_type):
    page = load_pages(saved(sheet(), kind), media_type)[0]
    picture = page.render()
    assert page.size == (400, 600)
    assert picture.shape == (600, 400, 3)
    assert picture[40, 70].max() < 60
    assert picture[300, 300].min() > 200
    assert page.own_lines() is None


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGBA", "CMYK", "I;16", "LA"])
def test_every_colour_mode_becomes_blue_green_red_on_white(mode):
    image = sheet().convert("L") if mode == "I;16" else sheet()
    converted = Image.fromarray(np.asarray(image, dtype=np.uint16) * 257) if mode == "I;16" else image.convert(mode)
    kind = "TIFF" if mode == "CMYK" else "PNG"
    picture = load_pages(saved(converted, kind), f"image/{kind.lower()}")[0].render()
    assert picture.shape == (600, 400, 3)
    assert picture[300, 300].min() > 200


def test_a_smaller_picture_can_be_asked_for_and_the_full_one_afterwards():
    page = load_pages(saved(sheet(1600, 2400), "JPEG"), "image/jpeg")[0]
    assert max(page.render(300).shape) <= 300
    assert page.render().shape == (2400, 1600, 3)


def test_tiff_pages_come_in_order():
    images = [Image.new("L", (100 + n, 80), 255) for n in range(3)]
    pages = load_pages(saved(images[0], "TIFF", save_all=True, append_images=images[1:]), "image/tiff")
    assert [pages[n].size[0] for n in (2, 0, 1)] == [102, 100, 101]
    assert len(pages) == 3
    with pytest.raises(IndexError):
        pages[3]


def test_a_camera_turned_on_its_side_is_told_by_the_file():
    exif = Image.Exif()
    exif[0x0112] = 6
    page = load_pages(saved(sheet(), "JPEG", exif=exif), "image/jpeg")[0]
    assert page.size == (600, 400)
    assert page.render().shape == (400, 600, 3)


def test_resolution_is_the_stated_one_or_that_of_an_a4_sheet():
    assert load_pages(saved(sheet(1654, 2339), "JPEG", dpi=(300, 300)), "image/jpeg")[0].dpi == 300
    assert load_pages(saved(sheet(1654, 2339), "PNG"), "image/png")[0].dpi == 200


def test_a_cut_picture_is_damaged():
    whole = saved(Image.effect_noise((900, 900), 80), "JPEG").getvalue()
    with pytest.raises(Invalid) as problem:
        load_pages(io.BytesIO(whole[: len(whole) // 2]), "image/jpeg")[0].render()
    assert problem.value.code == "file_damaged"


def test_a_giant_picture_is_refused_before_it_is_decoded():
    with pytest.raises(Invalid) as problem:
        load_pages(saved(Image.new("1", (30_000, 30_000)), "PNG"), "image/png")
    assert problem.value.code == "page_too_large"


@pytest.mark.parametrize("media_type", ["application/pdf", "image/jpeg", "image/tiff", "application/ofd", DOCX])
def test_noise_is_damaged_whatever_it_claims_to_be(media_type):
    with pytest.raises(Invalid) as problem:
        load_pages(io.BytesIO(b"\x00\x01nothing at all" * 50), media_type)
    assert problem.value.code == "file_damaged"


def test_sound_has_no_pages():
    assert not is_paged("audio/wav")
    with pytest.raises(Invalid) as problem:
        load_pages(io.BytesIO(b""), "audio/wav")
    assert problem.value.code == "format_not_paged"


def test_a_scanned_pdf_is_read_from_its_picture_at_its_own_resolution():
    page = load_pages(saved(sheet(1240, 1754), "PDF", resolution=150), "application/pdf")[0]
    assert page.own_lines() is None
    assert page.dpi == 150
    assert abs(page.render().shape[0] - 1754) <= 2


def test_a_locked_pdf_asks_for_its_password():
    locked = io.BytesIO()
    with pikepdf.open(saved(sheet(), "PDF")) as pdf:
        pdf.save(locked, encryption=pikepdf.Encryption(owner="o", user="u"))
    locked.seek(0)
    with pytest.raises(Invalid) as problem:
        load_pages(locked, "application/pdf")
    assert problem.value.code == "file_password"


def born_digital(rotation: int = 0) -> io.BytesIO:
    """`Li Ming` on the upper left and `2025-03-01` far right of it, upright as shown."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(600, 800))
    turn = {0: "1 0 0 1 60 700", 90: "0 1 -1 0 100 60", 180: "-1 0 0 -1 540 100", 270: "0 -1 1 0 500 740"}[rotation]
    far = {0: "1 0 0 1 400 700", 90: "0 1 -1 0 100 400", 180: "-1 0 0 -1 200 100", 270: "0 -1 1 0 500 400"}[rotation]
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
    page.Rotate = rotation
    stream = f"BT /F1 12 Tf {turn} Tm (Li Ming) Tj ET BT /F1 12 Tf {far} Tm (2025-03-01) Tj ET"
    page.Contents = pdf.make_stream(stream.encode())
    sink = io.BytesIO()
    pdf.save(sink)
    sink.seek(0)
    return sink


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_a_born_digital_page_brings_its_text_with_places_as_shown(rotation):
    page = load_pages(born_digital(rotation), "application/pdf")[0]
    lines = page.own_lines()
    assert [line.text for line in lines] == ["Li Ming", "2025-03-01"]
    picture = page.render()
    height, width = picture.shape[:2]
    for line in lines:
        x0, y0, x1, y1 = line.box
        inside = picture[int(y0 * height) : int(y1 * height) + 1, int(x0 * width) : int(x1 * width) + 1]
        assert inside.min() < 90, "the box holds ink"
        picture[int(y0 * height) : int(y1 * height) + 1, int(x0 * width) : int(x1 * width) + 1] = 255
    assert picture.min() > 200, "no ink stands outside of the boxes"


def test_word_paragraphs_and_table_rows_become_lines():
    table = (
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>姓名</w:t></w:r></w:p></w:tc>"
        "<w:tc><w:p><w:r><w:t>王小明</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    )
    plain = zipfile.ZipFile(io.BytesIO(as_docx(["关于档案的通知", "第二段"])))
    parts = {name: plain.read(name) for name in plain.namelist()}
    parts["word/document.xml"] = parts["word/document.xml"].replace(b"</w:body>", table.encode() + b"</w:body>")
    pages = load_pages(io.BytesIO(zipped(parts)), DOCX)
    assert [line.text for line in pages[0].own_lines()] == ["关于档案的通知", "第二段", "姓名　王小明"]
    assert pages[0].render(400).shape[0] <= 400


def test_an_xml_bomb_in_a_document_is_damage():
    bomb = b'<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;&b;">]><w:document xmlns:w="x">&c;</w:document>'
    with pytest.raises(Invalid) as problem:
        load_pages(io.BytesIO(zipped({"word/document.xml": bomb})), DOCX)
    assert problem.value.code == "file_damaged"
