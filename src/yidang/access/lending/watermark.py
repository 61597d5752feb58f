"""水印: who read it, when and why, drawn over a page so that no picture of the screen hides it."""

from functools import cache
from importlib.resources import as_file, files
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

from yidang.access.lending.models import Loan
from yidang.access.lending.queries import loan_for
from yidang.holdings.models import Item
from yidang.identity.policy import Grant
from yidang.kernel import clock
from yidang.kernel.clock import CHINA
from yidang.kernel.texts import say

_INK = (176, 32, 32)
_STRENGTH = 0.30  # of the ink: seen on white and on writing, which stays legible below
_PER_WIDTH = 34  # one character is so many parts of the picture's width
_ANGLE = 24
_QUALITY = 85
_SMALLEST, _LARGEST = 14, 64


def text_of(loan: Loan) -> str:
    """Staff stand under their names in the archive's own records: the mark is there to be read."""
    at = clock.now().astimezone(CHINA).strftime("%Y-%m-%d %H:%M")
    who = f"{loan.borrower.display_name} {loan.borrower.username}"
    return f"{who}  {at}  {say('use_purpose_' + loan.purpose)} {loan.name}"


def over(grant: Grant, item: Item) -> str:
    """The text for this reader of this record; blank for who reads by post and not by a loan."""
    loan = loan_for(grant, item)
    return text_of(loan) if loan is not None else ""


def marked(jpeg: bytes, text: str) -> bytes:
    with Image.open(BytesIO(jpeg)) as opened:
        picture = opened.convert("RGB")
    picture.paste(*_ink_for(picture.size, text))
    sink = BytesIO()
    picture.save(sink, "JPEG", quality=_QUALITY)
    return sink.getvalue()


def _ink_for(size: tuple[int, int], text: str) -> tuple[Image.Image, Image.Image]:
    """One colour for the whole picture, and where it goes."""
    layer = _layer(size, text)
    return Image.new("RGB", size, _INK), layer


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    with as_file(files("yidang.ledger.statements") / "data" / "NotoSansSC-Regular.ttf") as path:
        return ImageFont.truetype(str(path), size)


def _layer(size: tuple[int, int], text: str) -> Image.Image:
    """The text in slanting rows over all of it, as how much ink each pixel takes."""
    across, down = size
    font = _font(min(max(across // _PER_WIDTH, _SMALLEST), _LARGEST))
    tile = _tile(font, text)
    layer = Image.new("L", size, 0)
    wide, high = tile.size
    for top in range(-high // 2, down, high // 2):
        for left in range(0, across, wide):
            layer.paste(tile, (left, top), tile)
    return layer.point([round(ink * _STRENGTH) for ink in range(256)])


def _tile(font: ImageFont.FreeTypeFont, text: str) -> Image.Image:
    left, top, right, bottom = font.getbbox(text)
    flat = Image.new("L", (int(right - left) + 2 * int(font.size), int(bottom - top) + int(font.size)), 0)
    ImageDraw.Draw(flat).text((font.size, font.size / 2 - top), text, font=font, fill=255)
    return flat.rotate(_ANGLE, expand=True)
