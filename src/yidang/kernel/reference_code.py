"""档号: the reference code of an item or a volume, DA/T 13-2022.

`-` joins levels (fonds, class, volume, item); `·` U+00B7 joins the components inside the class.
"""

import re
from dataclasses import dataclass

from yidang.kernel.errors import Invalid
from yidang.kernel.folding import fold

DOT = "·"
_SIGNS = str.maketrans(dict.fromkeys("•‧∙⋅・･●.", DOT) | dict.fromkeys("‐‑‒–—―−﹣－⁃ー", "-"))
_SHAPE = re.compile(
    r"[A-Z]\d{3}-[A-Z]{2}(?:·[A-Z0-9]{1,6}){0,3}(?:·\d{4})?(?:·(?:Y|D\d{1,3}))?(?:·[^-·]{1,20})?(?:-\d{3,6}){1,3}"
)
_LEGACY_SHAPE = re.compile(r"[A-Z]\d{3}(?:-\d{3,6}){3}")
_SHORT = re.compile(
    r"([A-Z]\d{3})[-·]([A-Z]{2}(?:[-·][A-Z0-9]{1,6}){1,3}?[-·]\d{4}[-·](?:Y|D\d{1,3}))[-·](\d{1,6})(?:[-·](\d{1,4}))?"
)
_TERM = re.compile(r"Y|D[1-9]\d{0,2}")
_YEAR = re.compile(r"\d{4}")
ITEM_DIGITS = 6
VOLUME_DIGITS = 4
_WIDEST_INPUT = 120


@dataclass(frozen=True, slots=True)
class ReferenceCode:
    """`fonds`, the components of the class 类别号, then one to three running numbers as written (zeros kept)."""

    fonds: str
    components: tuple[str, ...]
    numbers: tuple[str, ...]

    def __str__(self) -> str:
        return "-".join(filter(None, (self.fonds, DOT.join(self.components), *self.numbers)))

    @property
    def category(self) -> str:
        """门类代码, such as ZY; blank on a legacy code."""
        return self.components[0] if self.components else ""

    @property
    def year(self) -> int | None:
        found = [part for part in self.components[1:] if _YEAR.fullmatch(part)]
        return int(found[-1]) if found else None

    @property
    def term(self) -> str | None:
        """The term at first numbering; after a re-appraisal the item's own field tells the current one."""
        found = [part for part in self.components[1:] if _TERM.fullmatch(part)]
        return found[-1] if found else None

    @property
    def prefix(self) -> str:
        """Everything before the last number: what a number sequence counts under."""
        return str(self).rpartition("-")[0]

    @property
    def number(self) -> int:
        return int(self.numbers[-1])


def normalise(text: str) -> str:
    """One spelling of what people type: full-width letters, other dots and dashes, stray spaces, small letters."""
    return fold(fold(text[:_WIDEST_INPUT].translate(_SIGNS)).translate(_SIGNS))


def completed(text: str) -> str:
    """As `normalise`; a code written with one sign throughout, or without its leading zeros, is written out."""
    code = normalise(text)
    short = _SHORT.fullmatch(code)
    if short is None:
        return code
    fonds, classified, *numbers = short.groups()
    item_alone = numbers[1] is None and len(numbers[0]) != VOLUME_DIGITS
    width = ITEM_DIGITS if item_alone else VOLUME_DIGITS
    written = [number.zfill(width) for number in numbers if number]
    return "-".join((fonds, classified.replace("-", DOT), *written))


def parse(text: str) -> ReferenceCode:
    """Reads a code in any spelling `normalise` understands.

    Raises:
        Invalid: `reference_code_malformed`.
    """
    code = normalise(text)
    if _LEGACY_SHAPE.fullmatch(code):
        fonds, *numbers = code.split("-")
        return ReferenceCode(fonds, (), tuple(numbers))
    if not _SHAPE.fullmatch(code):
        raise Invalid("reference_code_malformed", reference_code=text[:_WIDEST_INPUT])
    fonds, components, *numbers = code.split("-")
    return ReferenceCode(fonds, tuple(components.split(DOT)), tuple(numbers))


def is_reference_code(text: str) -> bool:
    code = completed(text)
    return bool(_SHAPE.fullmatch(code) or _LEGACY_SHAPE.fullmatch(code))


def class_prefix(*, fonds: str, class_code: str, year: int, term: str) -> str:
    """`J001-ZY·YB·CBGR·2026·D100`: the level under which items, or volumes, are counted."""
    if not _TERM.fullmatch(term):
        raise Invalid("term_malformed", term=term)
    return f"{fonds}-{class_code}{DOT}{year:04d}{DOT}{term}"


def item_code(prefix: str, number: int) -> str:
    """件 arranged by item: `<prefix>-<6 digits>`."""
    return f"{prefix}-{_digits(number, ITEM_DIGITS)}"


def volume_code(prefix: str, number: int) -> str:
    """案卷: `<prefix>-<4 digits>`."""
    return f"{prefix}-{_digits(number, VOLUME_DIGITS)}"


def item_code_in_volume(volume: str, number: int) -> str:
    """件 inside a volume: `<volume code>-<4 digits>`."""
    return f"{volume}-{_digits(number, VOLUME_DIGITS)}"


def _digits(number: int, width: int) -> str:
    if not 1 <= number < 10**width:
        raise Invalid("number_exhausted", number=number, digits=width)
    return f"{number:0{width}d}"
