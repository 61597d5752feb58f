"""Tables of a scheme by browser: laid down, read and shown, taken in once somebody has looked at them."""

import re
import shutil
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings

from yidang.claims.drg.errors import TableMissing
from yidang.claims.drg.grids import SUFFIXES, table_named
from yidang.claims.drg.keeping import keep_scheme, laid_out
from yidang.claims.drg.reading import read_scheme
from yidang.claims.drg.scheme import Scheme, Version
from yidang.claims.models import DrgScheme
from yidang.identity.policy import Grant, Permission
from yidang.kernel.errors import Invalid, NotFound

LARGEST = 32 * 2**20
_KEPT_SECONDS = 24 * 3600
_UNNAMED = "derived:scheme"
_CODE = re.compile(r"[\w.-]{1,40}")
_LONGEST_NAME = 200
_EARLIEST = 2000
_NOTES = {"derived:mdc": "drg_note_mdc", "derived:adrg": "drg_note_adrg", "no_weights": "drg_note_no_weights"}


@dataclass(frozen=True, slots=True)
class Typed:
    """What a person types where no table says which scheme this is."""

    code: str
    name: str
    edition: str
    since: str

    def version(self, source: str) -> Version:
        """Raises Invalid `drg_typed_code`, `drg_typed_name`, `drg_typed_day`."""
        code, name, edition = self.code.strip(), self.name.strip(), self.edition.strip()
        if not (_CODE.fullmatch(code) and _CODE.fullmatch(edition)):
            raise Invalid("drg_typed_code")
        if not 0 < len(name) <= _LONGEST_NAME or not name.isprintable():
            raise Invalid("drg_typed_name", most=_LONGEST_NAME)
        return Version(code, name, edition, source, "", self._day())

    def _day(self) -> date:
        try:
            found = date.fromisoformat(self.since.strip())
        except ValueError:
            raise Invalid("drg_typed_day", earliest=_EARLIEST) from None
        if found.year < _EARLIEST:
            raise Invalid("drg_typed_day", earliest=_EARLIEST)
        return found


def _root() -> Path:
    return Path(settings.YIDANG.home) / "run" / "drg-uploads"


def hand_in(*, grant: Grant, files: Sequence[Any]) -> tuple[UUID, Scheme]:
    """Read, not taken in.

    Raises Invalid `claims_upload_missing`, `drg_file_unknown`, `claims_file_too_large`, `drg_upload_lacks`,
        and as `read_scheme`.
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
        return upload, _read(place)
    except BaseException:
        shutil.rmtree(place, ignore_errors=True)
        raise


def _read(place: Path) -> Scheme:
    """Nobody knows the folder that files were laid in. Raises Invalid `drg_upload_lacks`, and as `read_scheme`."""
    try:
        return read_scheme(place)
    except TableMissing as problem:
        raise Invalid("drg_upload_lacks", table=problem.facts["table"]) from None


def is_unnamed(scheme: Scheme) -> bool:
    """Whether no table says what it is called: the folder is of our making, and its name says nothing."""
    return _UNNAMED in scheme.notes


def called(upload: UUID) -> str:
    """The name of what was handed in, without its ending: of a workbook, else of any of the tables."""
    names = sorted(_place(upload).iterdir(), key=lambda one: (one.suffix.lower() != ".xlsx", one.name))
    return names[0].stem[:_LONGEST_NAME] if names else ""


def shown(upload: UUID) -> Scheme:
    """What was handed in and not taken in yet. Raises NotFound `drg_upload_gone`."""
    return _read(_place(upload))


def _place(upload: UUID) -> Path:
    place = _root() / str(upload)
    if not place.is_dir():
        raise NotFound("drg_upload_gone")
    return place


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


def take_in(*, grant: Grant, upload: UUID, typed: Typed) -> DrgScheme:
    """What a table says of the scheme goes before what was typed.

    What was typed wrongly, or is taken by other tables, is typed again: the files stay. Raises NotFound
    `drg_upload_gone`; as `Typed.version` where no table names the scheme; as `keep_scheme`.
    """
    grant.require(Permission.IMPORT_CLAIMS)
    place = _place(upload)
    scheme = _read(place)
    if is_unnamed(scheme):
        scheme = replace(scheme, version=typed.version(called(upload)))
    made = keep_scheme(grant=grant, scheme=scheme)
    shutil.rmtree(place, ignore_errors=True)
    return made


def counts(scheme: Scheme) -> list[tuple[str, int]]:
    return [(name, len(rows)) for name, rows in laid_out(scheme).items()]


def notes(scheme: Scheme) -> list[tuple[str, dict[str, str]]]:
    """What the tables left to be derived, and what of the files is no table: a text of the catalogue with its facts."""
    told = [one for one in scheme.notes if one != _UNNAMED]  # that one is asked for, in fields
    return [(_NOTES.get(one, "drg_note_unread"), {"name": one.partition(":")[2]}) for one in told]


def _sweep() -> None:
    """What somebody looked at and left."""
    for place in _root().glob("*"):
        if time.time() - place.stat().st_mtime > _KEPT_SECONDS:
            shutil.rmtree(place, ignore_errors=True)
