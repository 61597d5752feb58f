"""One way to read a package of any form."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from yidang.kernel.errors import Invalid
from yidang.preservation.packages.bagit.reading import read_bag
from yidang.preservation.packages.csip.reading import read_csip
from yidang.preservation.packages.eep.parsing import Malformed
from yidang.preservation.packages.eep.reading import read_eep
from yidang.preservation.packages.judging import eep_document, recognise
from yidang.preservation.packages.nested import nested_packages
from yidang.preservation.packages.ocfl.reading import read_ocfl
from yidang.preservation.packages.parcel import Parcel
from yidang.preservation.packages.trees import Tree, opened


@contextmanager
def read_package(path: Path) -> Iterator[list[Parcel]]:
    """The records in it, whose pieces can be opened until the context ends. Validate it first.

    Raises:
        Invalid: `package_unknown`, `package_malformed`. NotFound: `package_not_found`.
    """
    with opened(path) as tree, tempfile.TemporaryDirectory() as scratch:
        form = recognise(tree)
        inner = list(nested_packages(tree)) if form == "bagit" else []
        parts = [(one, tree.below(folder)) for folder, one in inner] or [(form, tree)]
        yield [_read(one, part, Path(scratch) / str(number)) for number, (one, part) in enumerate(parts)]


def _read(form: str, tree: Tree, scratch: Path) -> Parcel:
    if form == "bagit":
        return read_bag(tree)
    if form == "eark":
        return read_csip(tree)
    if form == "ocfl":
        return read_ocfl(tree)
    if form != "eep":
        raise Invalid("package_unknown")
    scratch.mkdir()
    try:
        return read_eep(tree, eep_document(tree), scratch)
    except Malformed as problem:
        raise Invalid("package_malformed", detail=problem.code) from problem
