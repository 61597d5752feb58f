"""The neutral description of one record that every format is built from and read into."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO

ORIGINAL, TEXT, READING, DESCRIPTION, PROVENANCE, PROOF, REPORT, FORMER = (
    "original",
    "text",
    "reading",
    "description",
    "provenance",
    "proof",
    "report",
    "former",
)
# Where a piece of each role stands below the data of a package, and by which it is known again.
FOLDERS = {
    ORIGINAL: "original/",
    TEXT: "text/",
    READING: "text/",
    PROOF: "ledger/",
    REPORT: "report/",
    FORMER: "former/",
}


@dataclass(frozen=True)
class Piece:
    """One file. `name` is its path among the data of a package, ASCII; `title` what its maker called it."""

    role: str
    name: str
    media_type: str
    size: int
    open: Callable[[], BinaryIO]
    title: str = ""
    puid: str = ""
    created: str = ""

    def read(self) -> bytes:
        with self.open() as source:
            return source.read()


@dataclass(frozen=True)
class Happening:
    """`type` is a label of the Library of Congress's event types; `object` names what it happened to."""

    type: str
    at: str
    agent: str
    object: str = ""
    detail: str = ""
    outcome: str = "success"


@dataclass(frozen=True)
class Element:
    """One metadata element of DA/T 46-2009: `M22`, its name, and the element it stands in, blank for none."""

    number: str
    name: str
    group: str
    value: str


@dataclass(frozen=True)
class Parcel:
    """`id`: `urn:uuid:…`; times in ISO 8601 with zone."""

    id: str
    code: str
    title: str
    creator: str
    created: str
    pieces: Sequence[Piece] = ()
    elements: Sequence[Element] = ()
    happenings: Sequence[Happening] = ()

    def of(self, *roles: str) -> Iterator[Piece]:
        return (piece for piece in self.pieces if piece.role in roles)

    def element(self, number: str) -> str:
        return next((one.value for one in self.elements if one.number == number), "")

    def one(self, role: str) -> Piece | None:
        return next(self.of(role), None)


def role_of(name: str) -> str | None:
    """The role of a file by its path among the data of a package of ours; None when it is none of ours."""
    if name in {"description.json", "provenance.json"}:
        return name.removesuffix(".json")
    for role, folder in FOLDERS.items():
        if name.startswith(folder) and (role != READING or name.endswith(".json")):
            return READING if role == TEXT and name.endswith(".json") else role
    return None
