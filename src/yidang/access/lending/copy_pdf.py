"""The sheets of a certified copy: the pages as they are, then the certificate, all under one signature."""

import json
from collections.abc import Sequence
from io import BytesIO

import pikepdf
from django.conf import settings
from pikepdf import Array, Dictionary, Name, Pdf
from PIL import Image

from yidang.ledger.statements.addresses import PATH
from yidang.ledger.statements.kinds import Language
from yidang.ledger.statements.operations import Statement
from yidang.ledger.statements.paper.certificates import identity
from yidang.ledger.statements.paper.codes import qr
from yidang.ledger.statements.paper.drawing import sheet
from yidang.ledger.statements.paper.signing import sign_pdf
from yidang.ledger.statements.queries import statement_file
from yidang.workflow.sending import public_url

FILE = "statement.json"
_A4 = (595.276, 841.89)
_MARGIN, _FOOT = 28.0, 40.0


def copy_pdf(statement: Statement, pictures: Sequence[bytes], *, language: Language) -> bytes:
    """Raises Conflict `ledger_entry_waiting`, and what `certificates.identity` and `signing.sign_pdf` raise."""
    base = public_url()
    drawn = sheet(
        statement.claims,
        qr(statement.data, base),
        bureau=settings.YIDANG.bureau_name,
        check=base.rstrip("/") + PATH,
        language=language,
    )
    sink = BytesIO()
    with pikepdf.open(BytesIO(drawn)) as pdf:
        certificate = pdf.pages[0]
        for picture in pictures:
            pdf.pages.append(_page(pdf, picture))
        del pdf.pages[0]
        pdf.pages.append(certificate)
        pdf.attachments[FILE] = json.dumps(statement_file(statement), ensure_ascii=False, indent=1).encode()
        pdf.docinfo["/Title"] = statement.number
        pdf.save(sink, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return sign_pdf(sink.getvalue(), identity(), reason=statement.number)


def _page(pdf: Pdf, picture: bytes) -> pikepdf.Page:
    with Image.open(BytesIO(picture)) as image:
        size, is_grey = image.size, image.mode == "L"
    stream = pdf.make_stream(
        picture,
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=size[0],
        Height=size[1],
        ColorSpace=Name.DeviceGray if is_grey else Name.DeviceRGB,
        BitsPerComponent=8,
        Filter=Name.DCTDecode,
    )
    fresh = Dictionary(
        Type=Name.Page,
        MediaBox=Array([0, 0, *_A4]),
        Resources=Dictionary(XObject=Dictionary(Picture=stream)),
        Contents=pdf.make_stream(_fitted(size)),
    )
    return pikepdf.Page(pdf.make_indirect(fresh))


def _fitted(size: tuple[int, int]) -> bytes:
    """As large as the sheet allows, in its middle."""
    room = (_A4[0] - 2 * _MARGIN, _A4[1] - _MARGIN - _FOOT)
    scale = min(room[0] / size[0], room[1] / size[1])
    wide, high = size[0] * scale, size[1] * scale
    left, bottom = (_A4[0] - wide) / 2, _FOOT + (room[1] - high) / 2
    return b"q %.3f 0 0 %.3f %.3f %.3f cm /Picture Do Q\n" % (wide, high, left, bottom)


def pictures_in(pdf: Pdf) -> list[bytes]:
    """Of a copy in somebody's hands, in the order of its pages, as they stand in the file; a certificate has none."""
    drawn = (page.Resources.get("/XObject", Dictionary()) for page in pdf.pages)
    return [bytes(image.read_raw_bytes()) for images in drawn for _, image in images.items()]
