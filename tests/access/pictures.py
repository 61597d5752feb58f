"""Small pictures and papers drawn for the tests."""

from io import BytesIO

from PIL import Image, ImageDraw


def scan(width=800, height=1132, *, turned=0, mark=(60, 60)):
    """A white page with a black square near its upper left corner, as JPEG; `turned` anticlockwise."""
    picture = Image.new("RGB", (width, height), "white")
    x, y = mark
    ImageDraw.Draw(picture).rectangle((x, y, x + 120, y + 120), fill="black")
    sink = BytesIO()
    picture.rotate(turned, expand=True).save(sink, "JPEG", dpi=(100, 100))
    return sink.getvalue()


def opened(jpeg):
    return Image.open(BytesIO(jpeg)).convert("L")
