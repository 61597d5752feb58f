"""Records in forms that other archives read: EEP (DA/T 48-2009), E-ARK CSIP 2.2, BagIt (RFC 8493), OCFL 1.1.

Pure formats: each is built from, and read into, the neutral `Parcel`; nothing here knows of a database or a network.
"""

from yidang.preservation.packages.judging import Verdict, recognise, validate
from yidang.preservation.packages.making import FORMS, Form, write_package
from yidang.preservation.packages.opening import read_package
from yidang.preservation.packages.parcel import Happening, Parcel, Piece

__all__ = [
    "FORMS",
    "Form",
    "Happening",
    "Parcel",
    "Piece",
    "Verdict",
    "read_package",
    "recognise",
    "validate",
    "write_package",
]
