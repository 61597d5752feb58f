"""What is shown of a person to someone who need not know them."""

import re
import unicodedata

from yidang.kernel.folding import fold

_MOBILE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")
PHONE_IN_TEXT = re.compile(r"(?<![\d.])(?:(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}|0\d{2,3}-\d{7,8})(?!\d)")
_ID_SHOWN = 4
_DOTS = str.maketrans(dict.fromkeys("•‧∙⋅・･●.", "·"))


def mask_name(name: str) -> str:
    """`张三丰` → `张**`; always two stars, so that the length of the name does not show."""
    bare = name.strip()
    return bare[:1] + "**" if bare else ""


def mask_id_number(number: str) -> str:
    """`11010519491231002X` → `1101**********002X`."""
    bare = "".join(number.split())
    hidden = len(bare) - 2 * _ID_SHOWN
    if hidden <= 0:
        return "*" * len(bare)
    return bare[:_ID_SHOWN] + "*" * hidden + bare[-_ID_SHOWN:]


def mask_phone(phone: str) -> str:
    """`13812345678` → `138****5678`; a landline keeps its last two digits."""
    bare = normalise_phone(phone)
    if _MOBILE.fullmatch(bare):
        return bare[:3] + "****" + bare[-4:]
    return "*" * max(len(bare) - 2, 0) + bare[-2:] if len(bare) > _ID_SHOWN else "*" * len(bare)


def normalise_phone(phone: str) -> str:
    """Digits only, the country code 86 taken off."""
    digits = re.sub(r"\D", "", unicodedata.normalize("NFKC", phone))
    return re.sub(r"^(?:00)?86(?=1[3-9]\d{9}$)", "", digits)


def normalise_name(name: str) -> str:
    """One spelling of a name for comparing: no blanks, one middle dot, Latin letters in capitals."""
    return fold(fold(name.translate(_DOTS)).translate(_DOTS))
