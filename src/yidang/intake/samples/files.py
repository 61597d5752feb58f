"""Scans and drawings as files: what scanners, cameras, word processors and old archive systems hand over."""

import zipfile
from collections.abc import Sequence
from io import BytesIO
from xml.sax.saxutils import escape

from PIL import Image

from yidang.intake.samples.paper import MM, Paper
from yidang.intake.samples.wear import Scan

WEBP_QUALITY, JP2_RATE = 50, 55
STAMP = (2025, 6, 1, 8, 0, 0)  # archives made twice are the same bytes


def picture(page: Scan) -> Image.Image:
    return Image.fromarray(page.pixels)


def as_jpeg(page: Scan) -> bytes:
    return _saved(picture(page), "JPEG", quality=page.quality, dpi=(page.dpi, page.dpi), optimize=True)


def as_png(page: Scan) -> bytes:
    """Sixteen greys or the same of colours, as document scanners save."""
    image = picture(page)
    small = image.quantize(16) if image.mode == "RGB" else image.point(lambda v: v // 17 * 17).quantize(16)
    return _saved(small, "PNG", dpi=(page.dpi, page.dpi), optimize=True)


def as_jp2(page: Scan) -> bytes:
    return _saved(picture(page), "JPEG2000", quality_mode="rates", quality_layers=[JP2_RATE])


def as_webp(page: Scan) -> bytes:
    return _saved(picture(page), "WEBP", quality=WEBP_QUALITY, method=6)


def as_tiff(pages: Sequence[Scan]) -> bytes:
    """Black and white in Group 4, anything else in JPEG, page after page."""
    images = [picture(page) for page in pages]
    if all("bilevel" in page.wear for page in pages):
        images = [image.convert("1") for image in images]
        return _many(images, "TIFF", compression="group4", dpi=(pages[0].dpi,) * 2)
    if any(image.mode == "RGB" for image in images):
        images = [image.convert("RGB") for image in images]
    return _many(images, "TIFF", compression="jpeg", quality=pages[0].quality, dpi=(pages[0].dpi,) * 2)


def as_scanned_pdf(pages: Sequence[Scan]) -> bytes:
    images = [picture(page) for page in pages]
    return _many(images, "PDF", resolution=pages[0].dpi, quality=pages[0].quality)


def _saved(image: Image.Image, kind: str, **options: object) -> bytes:
    sink = BytesIO()
    image.save(sink, kind, **options)
    return sink.getvalue()


def _many(images: Sequence[Image.Image], kind: str, **options: object) -> bytes:
    return _saved(images[0], kind, save_all=True, append_images=list(images[1:]), **options)


def as_born_pdf(papers: Sequence[Paper]) -> bytes:
    """A PDF that was never on paper: text in an embedded font, rules, no picture. Needs reportlab."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen import canvas

    points = 72 / 25.4 / MM
    sink = BytesIO()
    sheet = canvas.Canvas(sink, invariant=1)
    for paper in papers:
        width, height = paper.image.size
        sheet.setPageSize((width * points, height * points))
        face, path = paper.style.faces["label"]
        pdfmetrics.registerFont(TTFont(path.stem, str(path), subfontIndex=face.index))
        for fragment in paper.fragments:
            x0, y0, _, y1 = fragment.box
            sheet.setFont(path.stem, fragment.size * points)
            baseline = height - (y0 + y1) / 2 - fragment.size * 0.34
            sheet.drawString(x0 * points, baseline * points, fragment.text)
        for x0, y0, x1, y1 in paper.rules:
            sheet.setLineWidth(0.5)
            sheet.line(x0 * points, (height - y0) * points, x1 * points, (height - y1) * points)
        sheet.showPage()
    sheet.save()
    return sink.getvalue()


OFD_NS = 'xmlns:ofd="http://www.ofdspec.org/2016"'


def as_born_ofd(papers: Sequence[Paper]) -> bytes:
    return _ofd([_ofd_texts(paper) for paper in papers], [], papers[0])


def as_scanned_ofd(pages: Sequence[Scan], paper: Paper) -> bytes:
    place = f'Boundary="0 0 {paper.width} {paper.height}" CTM="{paper.width} 0 0 {paper.height} 0 0"'
    objects = [f'<ofd:ImageObject ID="{100 + n}" ResourceID="{50 + n}" {place}/>' for n in range(len(pages))]
    return _ofd(objects, [as_jpeg(page) for page in pages], paper)


def _ofd_texts(paper: Paper) -> str:
    found = []
    for number, fragment in enumerate(paper.fragments):
        x0, y0, x1, y1 = (side / MM for side in fragment.box)
        size = fragment.size / MM
        step = (x1 - x0) / max(len(fragment.text), 1)
        deltas = f' DeltaX="g {len(fragment.text) - 1} {step:.3f}"' if len(fragment.text) > 1 else ""
        found.append(
            f'<ofd:TextObject ID="{1000 + number}" Boundary="{x0:.3f} {y0:.3f} {x1 - x0:.3f} {y1 - y0:.3f}" Font="3" '
            f'Size="{size:.3f}"><ofd:TextCode X="0" Y="{(y1 - y0) * 0.88:.3f}"{deltas}>{escape(fragment.text)}'
            "</ofd:TextCode></ofd:TextObject>"
        )
    return "".join(found)


def _ofd(contents: Sequence[str], pictures: Sequence[bytes], paper: Paper) -> bytes:
    area = f"<ofd:PageArea><ofd:PhysicalBox>0 0 {paper.width} {paper.height}</ofd:PhysicalBox></ofd:PageArea>"
    pages = "".join(f'<ofd:Page ID="{n + 1}" BaseLoc="Pages/Page_{n}/Content.xml"/>' for n in range(len(contents)))
    media = "".join(
        f'<ofd:MultiMedia ID="{50 + n}" Type="Image"><ofd:MediaFile>p{n}.jpg</ofd:MediaFile></ofd:MultiMedia>'
        for n in range(len(pictures))
    )
    parts: dict[str, str | bytes] = {
        "OFD.xml": f'<ofd:OFD {OFD_NS} Version="1.0" DocType="OFD"><ofd:DocBody><ofd:DocInfo/>'
        "<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {OFD_NS}><ofd:CommonData>{area}"
        f"<ofd:DocumentRes>DocumentRes.xml</ofd:DocumentRes></ofd:CommonData><ofd:Pages>{pages}</ofd:Pages>"
        "</ofd:Document>",
        "Doc_0/DocumentRes.xml": f'<ofd:Res {OFD_NS} BaseLoc="Res"><ofd:MultiMedias>{media}</ofd:MultiMedias>'
        "</ofd:Res>",
    }
    for number, content in enumerate(contents):
        parts[f"Doc_0/Pages/Page_{number}/Content.xml"] = (
            f'<ofd:Page {OFD_NS}><ofd:Content><ofd:Layer ID="9">{content}</ofd:Layer></ofd:Content></ofd:Page>'
        )
    parts |= {f"Doc_0/Res/p{number}.jpg": data for number, data in enumerate(pictures)}
    return zipped(parts)


DOCX_NS = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def as_docx(texts: Sequence[str]) -> bytes:
    body = "".join(f"<w:p><w:r><w:t>{escape(text)}</w:t></w:r></w:p>" for text in texts)
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    packages = "http://schemas.openxmlformats.org/package/2006"
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    return zipped(
        {
            "[Content_Types].xml": f'<Types xmlns="{packages}/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{main}"/></Types>',
            "_rels/.rels": f'<Relationships xmlns="{packages}/relationships">'
            f'<Relationship Id="r1" Type="{office}" Target="word/document.xml"/></Relationships>',
            "word/document.xml": f"<w:document {DOCX_NS}><w:body>{body}</w:body></w:document>",
        }
    )


def zipped(parts: dict[str, str | bytes]) -> bytes:
    sink = BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            data = content.encode() if isinstance(content, str) else content
            archive.writestr(zipfile.ZipInfo(name, STAMP), data, compress_type=zipfile.ZIP_DEFLATED)
    return sink.getvalue()
