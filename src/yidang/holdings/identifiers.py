"""The identifiers of people and documents that an item can be found by, in one spelling each."""

import re

from yidang.holdings.description import Description
from yidang.kernel import masking, resident_id

NAME = "name"
ID_NUMBER = "id_number"
PHONE = "phone"
DOCUMENT_NUMBER = "document_number"

_SEVERAL = re.compile(r"[、,，;；/\n]")
_FIELDS = {"person_name": NAME, "id_number": ID_NUMBER, "phone": PHONE, "document_number": DOCUMENT_NUMBER}


def normalise(kind: str, value: str) -> str:
    """The spelling that is digested; asking with any spelling that comes to the same finds the item."""
    if kind == NAME:
        return masking.normalise_name(value)
    if kind == ID_NUMBER:
        return resident_id.upgrade(value)
    if kind == PHONE:
        return masking.normalise_phone(value)
    return masking.normalise_name(value).translate(str.maketrans("〔〕[]【】（）", "()()()()"))


def identifiers(description: Description) -> set[tuple[str, str]]:
    """(kind, normalised value) pairs; a field may name several people."""
    found = {
        (kind, normalise(kind, part)) for key, kind in _FIELDS.items() for part in _SEVERAL.split(description.text(key))
    }
    return {(kind, value) for kind, value in found if value}
