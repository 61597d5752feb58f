"""Pages of one case, taken one by one into an accession: the materials' order, then the pages' order."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction

from yidang.collection.capture.checklist import lines_of
from yidang.collection.capture.models import Case
from yidang.collection.capture.opening import open_for_accession
from yidang.collection.counter.picture import page_of
from yidang.holdings.models import Series
from yidang.identity.policy import Grant, Permission
from yidang.intake.models import Accession, AccessionState
from yidang.intake.operations import close_accession, open_accession, receive_chunk
from yidang.intake.sealed import path_of
from yidang.kernel.errors import Conflict, Invalid, NotFound

CHANNEL = "counter"
_MOST_PAGES = 400
_NAME = re.compile(r"(\d{2})-(\d{3})\.jpg")
_FOLDER = "柜台采集"  # one folder, one record


@dataclass(frozen=True)
class Line:
    """A material of the business step; `pages` are taken so far. Number 0 holds what stands on no list."""

    number: int
    name: str
    is_required: bool
    pages: int


@dataclass(frozen=True)
class Counted:
    number: int
    page: int
    width: int
    height: int
    is_cut: bool


def open_case(*, grant: Grant, series: str, year: int) -> Accession:
    """Raises as `intake.operations.open_accession`."""
    return open_accession(grant=grant, series=series, year=year, channel=CHANNEL)


def open_at_counter(grant: Grant, accession_id: UUID) -> Accession:
    """Raises NotFound `accession_not_found`, Conflict `accession_closed`."""
    grant.require(Permission.INGEST)
    found = Accession.objects.select_related("series").filter(pk=accession_id, channel=CHANNEL).first()
    if found is None:
        raise NotFound("accession_not_found")
    if found.state != AccessionState.RECEIVING:
        raise Conflict("accession_closed", number=found.number)
    return found


def lines_with_pages(accession: Accession) -> list[Line]:
    taken = _taken(accession)
    named = [(number, row["name"], row["is_required"]) for number, row in enumerate(_materials(accession.series), 1)]
    listed = [Line(number, name, is_required, taken.count(number)) for number, name, is_required in named]
    return [*listed, Line(0, "", is_required=False, pages=taken.count(0))]


def missing(accession: Accession) -> list[Line]:
    return [line for line in lines_with_pages(accession) if line.is_required and not line.pages]


@transaction.atomic
def finish(*, grant: Grant, accession_id: UUID) -> Case | None:
    """The pages go to be read, and the case's checklist is ticked by what was taken; None where the series has none.

    Raises as `open_at_counter`.
    """
    accession = open_at_counter(grant, accession_id)
    came = [line.name for line in lines_with_pages(accession) if line.name and line.pages]
    close_accession(grant=grant, accession_id=accession.pk)
    return open_for_accession(grant, accession=accession, came=came) if _materials(accession.series) else None


def take_page(*, grant: Grant, accession_id: UUID, material: int, data: bytes) -> Counted:
    """Judged, straightened, staged and durable when this returns.

    Raises Invalid `picture_…` for what must be taken again, `material_unknown`, `counter_full`.
    """
    accession = open_at_counter(grant, accession_id)
    if not 0 <= material <= len(_materials(accession.series)):
        raise Invalid("material_unknown")
    picture = page_of(data)
    with transaction.atomic():
        Accession.objects.select_for_update().get(pk=accession.pk)  # two cameras take no number twice
        taken = _taken(accession)
        if len(taken) >= _MOST_PAGES:
            raise Invalid("counter_full", most=_MOST_PAGES)
        page = taken.count(material) + 1
        path = f"{_FOLDER}/{material:02}-{page:03}.jpg"
        size = len(picture.jpeg)
        receive_chunk(grant=grant, accession_id=accession.pk, path=path, offset=0, data=picture.jpeg, size=size)
    return Counted(material, page, picture.width, picture.height, picture.is_cut)


def _materials(series: Series) -> Sequence[Mapping[str, Any]]:
    return lines_of(series)


def _taken(accession: Accession) -> list[int]:
    """The material of every page so far."""
    names = (path_of(file).rpartition("/")[2] for file in accession.files.all())
    found = (_NAME.fullmatch(name) for name in names)
    return [int(match[1]) for match in found if match]
