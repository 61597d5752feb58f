"""How much of a file we are willing to decode. Beyond it a file goes to quarantine instead of filling the memory."""

from yidang.kernel.errors import Invalid

MAX_SIDE = 20_000  # pixels; A0 at 400 dpi is 18,700 long
MAX_PIXELS = 160_000_000  # A3 at 600 dpi is 70 million
MAX_PAGES = 5_000
MAX_XML_BYTES = 64 * 2**20  # of one part of an OFD or DOCX, unpacked
MAX_PARTS = 20_000

VECTOR_DPI = 200  # a page without a resolution of its own is drawn at this
MAX_VECTOR_SIDE = 6_000


def check_size(width: int, height: int) -> None:
    """Raises Invalid `page_too_large`."""
    if width < 1 or height < 1:
        raise Invalid("file_damaged", problem="empty page")
    if max(width, height) > MAX_SIDE or width * height > MAX_PIXELS:
        raise Invalid("page_too_large", width=width, height=height, limit=MAX_PIXELS // 1_000_000)


def check_pages(count: int) -> int:
    """Raises Invalid `too_many_pages` or `file_damaged`."""
    if count < 1:
        raise Invalid("file_damaged", problem="no pages")
    if count > MAX_PAGES:
        raise Invalid("too_many_pages", count=count, limit=MAX_PAGES)
    return count
