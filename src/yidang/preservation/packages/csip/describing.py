"""The record in Dublin Core, with the small schema that the document follows."""

from xml.sax.saxutils import escape

from yidang.preservation.packages.csip.words import DC
from yidang.preservation.packages.parcel import Parcel

_NAMES = ("identifier", "title", "creator", "date", "type", "format", "rights", "description", "publisher")
# Dublin Core → the DA/T 46 elements that fill it.
_FROM = {"creator": ("M32",), "date": ("M33",), "description": ("M29",), "rights": ("M36",)}


def dublin_core(parcel: Parcel) -> bytes:
    said = {
        "identifier": [parcel.code, parcel.id],
        "title": [parcel.title],
        "publisher": [parcel.creator],
        **{name: [parcel.element(number) for number in numbers] for name, numbers in _FROM.items()},
    }
    rows = "".join(
        f"<dc:{name}>{escape(value)}</dc:{name}>\n" for name in _NAMES for value in said.get(name, []) if value
    )
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<simpledc xmlns:dc="{DC}">\n{rows}</simpledc>\n'.encode()


SCHEMA = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">\n'
    '<xs:element name="simpledc"><xs:complexType><xs:sequence>\n'
    '<xs:any minOccurs="0" maxOccurs="unbounded" processContents="skip"'
    f' namespace="{DC}"/>\n'
    "</xs:sequence></xs:complexType></xs:element>\n</xs:schema>\n"
).encode()
