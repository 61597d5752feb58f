"""How a sheet of text was written: the encodings and the separators in use here."""

import codecs
from pathlib import Path

_SAMPLE = 1 << 16
_DELIMITERS = ",\t;，|"


def encoding_of(path: Path) -> str | None:
    """None where it is no text at all."""
    with path.open("rb") as source:
        head = source.read(_SAMPLE)
    if head.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if b"\0" in head:
        return None
    return next((one for one in ("utf-8", "gb18030") if _is_text(head, one)), None)


def _is_text(head: bytes, encoding: str) -> bool:
    try:
        codecs.getincrementaldecoder(encoding)().decode(head)
    except UnicodeDecodeError:
        return False
    return True


def delimiter_of(line: str) -> str:
    return max(_DELIMITERS, key=line.count)
