"""One way to write a package of any form."""

from pathlib import Path
from typing import Literal

from yidang.preservation.packages.bagit.writing import write_bag
from yidang.preservation.packages.csip.writing import write_csip
from yidang.preservation.packages.eep.signing import Signer
from yidang.preservation.packages.eep.writing import write_eep
from yidang.preservation.packages.parcel import Parcel

Form = Literal["ocfl", "bagit", "eark", "eep"]
FORMS: tuple[Form, ...] = ("ocfl", "bagit", "eark", "eep")


def write_package(parcel: Parcel, folder: Path, form: Form, *, signer: Signer) -> None:
    """An OCFL object tells of every version, so who holds the versions writes it."""
    if form == "bagit":
        write_bag(parcel, folder)
    elif form == "eark":
        write_csip(parcel, folder)
    elif form == "eep":
        write_eep(parcel, folder, signer)
    else:
        raise ValueError(form)
