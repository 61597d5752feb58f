"""One item into a folder, in the form asked for, in clear."""

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from yidang.crypto.signatures import Algorithm, SigningKey
from yidang.holdings.models import Item
from yidang.holdings.packaging.ocfl import write_object
from yidang.holdings.packaging.parcels import Proofs, parcel_of
from yidang.ledger.signing import signing_keys
from yidang.preservation.packages import Form, write_package


@dataclass(frozen=True)
class ArchiveKey:
    """The SM2 key with which this archive also signs its log: who knows the one knows the other."""

    name: str
    key: SigningKey

    @property
    def public(self) -> bytes:
        return self.key.public

    def sign(self, message: bytes) -> bytes:
        return self.key.sign(message)


def archive_key() -> ArchiveKey:
    keys = signing_keys(settings.YIDANG.home, may_create=True)
    return ArchiveKey(settings.YIDANG.bureau_name, next(key for key in keys if key.algorithm is Algorithm.SM2))


def write_item(item: Item, folder: Path, form: Form, *, proofs: Proofs = (), report: bytes | None = None) -> None:
    """An OCFL object tells of every version and holds what the store holds; the others hold the head version."""
    if form == "ocfl":
        write_object(item, folder)
    else:
        write_package(parcel_of(item, proofs=proofs, report=report), folder, form, signer=archive_key())
