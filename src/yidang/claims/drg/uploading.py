"""Tables of a scheme by browser: laid down, read and shown, taken in once somebody has looked at them."""

import shutil
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings

from yidang.claims.drg.errors import TableMissing
from yidang.claims.drg.grids import SUFFIXES, table_named
from yidang.claims.drg.keeping import import_scheme, laid_out
from yidang.claims.drg.reading import read_scheme
from yidang.claims.drg.scheme import Scheme
from yidang.claims.models import DrgScheme
from yidang.identity.policy import Grant, Permission
from yidang.kernel.errors import Invalid, NotFound

LARGEST = 32 * 2**20
_KEPT_SECONDS = 24 * 3600
_NOTES = {"derived:mdc": "drg_note_mdc", "derived:adrg": "drg_note_adrg", "no_weights": "drg_note_no_weights"}


def _root() -> Path:
    return Path(settings.YIDANG.home) / "run" / "drg-uploads"


def hand_in(*, grant: Grant, files: Sequence[Any]) -> tuple[UUID, Scheme]:
    """Read, not taken in.

    Raises Invalid `claims_upload_missing`, `drg_file_unknown`, `claims_file_too_large`, `drg_upload_unnamed`,
        `drg_upload_lacks`, and as `read_scheme`.
    """
    grant.require(Permission.IMPORT_CLAIMS)
    _sweep()
    if not files:
        raise Invalid("claims_upload_missing")
    upload = uuid4()
    place = _root() / str(upload)
    place.mkdir(parents=True)
    try:
        for one in files:
            _lay(one, place)
        return upload, _named(_read(place))
    except BaseException:
        shutil.rmtree(place, ignore_errors=True)
        raise


def _read(place: Path) -> Scheme:
    """Nobody knows the folder that files were laid in. Raises Invalid `drg_upload_lacks`, and as `read_scheme`."""
    try:
        return read_scheme(place)
    except TableMissing as problem:
        raise Invalid("drg_upload_lacks", table=problem.facts["table"]) from None


def _named(scheme: Scheme) -> Scheme:
    """Here no folder of the user's own has a name that would speak. Raises Invalid `drg_upload_unnamed`."""
    if "derived:scheme" in scheme.notes:
        raise Invalid("drg_upload_unnamed")
    return scheme


def _lay(one: Any, place: Path) -> None:
    """A table is told by the name of its file, in a workbook by that of the sheet."""
    name = Path(one.name or "").name
    kind = Path(name).suffix.lower()
    if kind not in SUFFIXES or (kind != ".xlsx" and not table_named(Path(name).stem)):
        raise Invalid("drg_file_unknown", file=name[:60])
    if (one.size or 0) > LARGEST:
        raise Invalid("claims_file_too_large", file=name, limit=LARGEST // 2**20)
    with (place / name).open("wb") as target:
        for chunk in one.chunks():
            target.write(chunk)


def take_in(*, grant: Grant, upload: UUID) -> DrgScheme:
    """Raises NotFound `drg_upload_gone`; as `import_scheme`."""
    place = _root() / str(upload)
    if not place.is_dir():
        raise NotFound("drg_upload_gone")
    try:
        return import_scheme(grant=grant, folder=place)
    finally:
        shutil.rmtree(place, ignore_errors=True)


def counts(scheme: Scheme) -> list[tuple[str, int]]:
    return [(name, len(rows)) for name, rows in laid_out(scheme).items()]


def notes(scheme: Scheme) -> list[tuple[str, dict[str, str]]]:
    """What the tables left to be derived, and what of the files is no table: a text of the catalogue with its facts."""
    return [(_NOTES.get(one, "drg_note_unread"), {"name": one.partition(":")[2]}) for one in scheme.notes]


def _sweep() -> None:
    """What somebody looked at and left."""
    for place in _root().glob("*"):
        if time.time() - place.stat().st_mtime > _KEPT_SECONDS:
            shutil.rmtree(place, ignore_errors=True)
