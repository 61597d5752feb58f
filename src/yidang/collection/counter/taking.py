"""Pages taken one by one into an accession, each under its material: of a new case, or of one that stands already."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from yidang.collection.capture import asking, checklist
from yidang.collection.capture.models import Case, CaseMaterial
from yidang.collection.capture.opening import open_for_accession
from yidang.collection.counter.models import Sitting
from yidang.collection.counter.picture import page_of
from yidang.identity.policy import Grant, Permission
from yidang.intake.models import AccessionState
from yidang.intake.operations import close_accession, open_accession, receive_chunk
from yidang.kernel.errors import Conflict, Invalid, NotFound
from yidang.ledger.operations import append

CHANNEL = "counter"
_MOST_PAGES = 400
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


@transaction.atomic
def open_case(*, grant: Grant, series: str, year: int) -> Sitting:
    """Raises as `intake.operations.open_accession`."""
    accession = open_accession(grant=grant, series=series, year=year, channel=CHANNEL)
    return Sitting.objects.create(accession=accession)


@transaction.atomic
def open_for_case(*, grant: Grant, case: Case) -> Sitting:
    """What is taken becomes part of the case's record and ticks its checklist."""
    accession = open_accession(grant=grant, series=case.series_id, year=case.year, channel=CHANNEL)
    return Sitting.objects.create(accession=accession, case=case)


def open_at_counter(grant: Grant, accession_id: UUID, *, lock: bool = False) -> Sitting:
    """Raises NotFound `accession_not_found`, Conflict `accession_closed`."""
    grant.require(Permission.INGEST)
    rows = Sitting.objects.select_for_update(of=("self",)) if lock else Sitting.objects
    found = rows.select_related("accession__series", "case").filter(pk=accession_id).first()
    if found is None:
        raise NotFound("accession_not_found")
    if found.accession.state != AccessionState.RECEIVING:
        raise Conflict("accession_closed", number=found.accession.number)
    return found


def lines_with_pages(sitting: Sitting) -> list[Line]:
    named = [Line(number, name, wanted, sitting.taken(number)) for number, name, wanted in _materials(sitting)]
    return [*named, Line(0, "", is_required=False, pages=sitting.taken(0))]


def _materials(sitting: Sitting) -> Iterator[tuple[int, str, bool]]:
    """Number, name, and whether it is asked for: of a case that stands, what it lacks still."""
    if sitting.case is None:
        lines = checklist.lines_of(sitting.accession.series)
        yield from ((number, line["name"], line["is_required"]) for number, line in enumerate(lines, 1))
        return
    for one in sitting.case.materials.all():
        yield one.position, one.name, one.state == CaseMaterial.State.MISSING


def missing(lines: Iterable[Line]) -> list[Line]:
    return [line for line in lines if line.is_required and not line.pages]


def first_wanted(lines: Sequence[Line]) -> int:
    """The number of the material that is under the camera first: one that is missing, where any is."""
    return next(iter(missing(lines)), lines[0]).number


@transaction.atomic
def finish(*, grant: Grant, accession_id: UUID) -> Case | None:
    """The pages go to be read, and the case's checklist is ticked by what was taken; None where the series has none.

    Raises as `open_at_counter`; Conflict `counter_empty`.
    """
    sitting = open_at_counter(grant, accession_id, lock=True)
    if not sitting.total:
        raise Conflict("counter_empty")
    lines = lines_with_pages(sitting)
    came = [line.name for line in lines if line.name and line.pages]
    close_accession(grant=grant, accession_id=sitting.pk)
    if sitting.case is not None:
        return _add(grant, sitting.case, sitting, came)
    has_list = any(line.name for line in lines)
    return open_for_accession(grant, accession=sitting.accession, came=came) if has_list else None


def _add(grant: Grant, case: Case, sitting: Sitting, came: list[str]) -> Case:
    checklist.tick(case, came)
    facts = {"accession": sitting.accession.number, "files": sitting.total, "came": len(came)}
    append(action="case.received", actor=grant.actor, subject=case.pk, facts=facts)
    asking.close_if_whole(case, actor=grant.actor)
    return case


def take_page(*, grant: Grant, accession_id: UUID, material: int, data: bytes) -> Counted:
    """Judged, straightened, staged and durable when this returns.

    Raises Invalid `picture_…` for what must be taken again, `material_unknown`, `counter_full`.
    """
    sitting = open_at_counter(grant, accession_id)
    if material and material not in {number for number, _, _ in _materials(sitting)}:
        raise Invalid("material_unknown")
    picture = page_of(data)
    with transaction.atomic():
        sitting = open_at_counter(grant, accession_id, lock=True)  # two cameras take no number twice
        if sitting.total >= _MOST_PAGES:
            raise Invalid("counter_full", most=_MOST_PAGES)
        page = sitting.taken(material) + 1
        path = f"{_FOLDER}/{material:02}-{page:03}.jpg"
        size = len(picture.jpeg)
        receive_chunk(grant=grant, accession_id=accession_id, path=path, offset=0, data=picture.jpeg, size=size)
        sitting.pages[str(material)] = page
        sitting.save(update_fields=["pages"])
    return Counted(material, page, picture.width, picture.height, picture.is_cut)
