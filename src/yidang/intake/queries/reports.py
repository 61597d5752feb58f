"""How far an accession has come, and what became of each of its files."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Min, Q, QuerySet, Sum
from django.utils.translation import get_language

from yidang.holdings.models import Item, Page
from yidang.holdings.queries import find_by_digest
from yidang.intake.models import Accession, AccessionState, CatalogueRow, FileOutcome, ReceivedFile
from yidang.intake.sealed import facts_of, full_path, row_facts_of
from yidang.kernel import clock
from yidang.kernel.texts import Language, say

FINAL = (FileOutcome.ACCEPTED, FileOutcome.WAITING, FileOutcome.DUPLICATE, FileOutcome.QUARANTINED)


@dataclass(frozen=True)
class Problem:
    """A file in quarantine or a catalogue row that could not be used. `row` is None for a file."""

    file: str
    code: str
    message: str
    id: UUID | None = None
    row: int | None = None


@dataclass(frozen=True)
class Progress:
    """Counts of files and pages. `seconds_left` is None while nothing is known or nothing is left."""

    state: str
    files: int
    files_done: int
    pages: int
    pages_done: int
    pages_per_second: float
    seconds_left: float | None
    bytes: int
    accepted: int
    waiting: int
    duplicates: int
    quarantined: int
    outcomes: Mapping[str, int] = field(default_factory=dict)

    @property
    def is_done(self) -> bool:
        return self.state == AccessionState.DONE


def counted(accession: Accession) -> QuerySet[ReceivedFile]:
    """Files that count: archives and catalogues that were used only unfold."""
    return accession.files.exclude(outcome=FileOutcome.UNFOLDED)


def progress(accession: Accession) -> Progress:
    rows = counted(accession).values("outcome").annotate(n=Count("pk"), size=Sum("size")).order_by()
    outcomes = {row["outcome"]: row["n"] for row in rows}
    pages = Page.objects.filter(item__accession=accession.pk).aggregate(
        all=Count("pk"), read=Count("pk", filter=Q(is_read=True)), own=Count("pk", filter=Q(text_origin="born"))
    )
    is_done = accession.state == AccessionState.DONE
    speed = _own_speed(accession, pages["read"]) if is_done else _speed()
    left = 0 if is_done or pages["all"] == pages["read"] else _pages_before_the_last_of(accession)
    return Progress(
        state=accession.state,
        files=sum(outcomes.values()),
        files_done=sum(outcomes.get(outcome, 0) for outcome in (*FINAL, FileOutcome.DISCARDED)),
        pages=pages["all"],
        pages_done=pages["read"],
        pages_per_second=round(speed, 2),
        seconds_left=round(left / speed) if left and speed else None,
        bytes=sum(row["size"] or 0 for row in rows),
        accepted=outcomes.get(FileOutcome.ACCEPTED, 0),
        waiting=outcomes.get(FileOutcome.WAITING, 0),
        duplicates=outcomes.get(FileOutcome.DUPLICATE, 0),
        quarantined=outcomes.get(FileOutcome.QUARANTINED, 0),
        outcomes=outcomes,
    )


def _own_speed(accession: Accession, pages: int) -> float:
    return _rate(pages, accession.closed_at, accession.done_at)


def _speed() -> float:
    """Pages a second of the whole house: its readers serve all open accessions from one queue."""
    since = _open().aggregate(first=Min("closed_at"))["first"]
    served = Accession.objects.filter(closed_at__gte=since) if since else Accession.objects.none()
    read = Page.objects.filter(item__accession__in=served.values_list("pk", flat=True), is_read=True).count()
    return _rate(read, since, None)


def _rate(pages: int, since: datetime | None, until: datetime | None) -> float:
    elapsed = ((until or clock.now()) - since).total_seconds() if since else 0.0
    return pages / elapsed if elapsed > 0 else 0.0


def _pages_before_the_last_of(accession: Accession) -> int:
    """What the readers still have to do until this accession is read, its predecessors included."""
    earlier = _open().filter(closed_at__lte=accession.closed_at or clock.now())
    return Page.objects.filter(item__accession__in=earlier.values_list("pk", flat=True), is_read=False).count()


def _open() -> QuerySet[Accession]:
    return Accession.objects.filter(state=AccessionState.PROCESSING)


def report(accession: Accession) -> dict[str, Any]:
    """The object that `yidang ingest --json` prints; `rows` adds what was wrong with the catalogue's rows."""
    known = progress(accession)
    elapsed = ((accession.done_at or clock.now()) - accession.opened_at).total_seconds()
    return {
        "accession": accession.number,
        "received": known.files,
        "accepted": known.accepted,
        "waiting": known.waiting,
        "duplicates": duplicates(accession),
        "quarantined": [{"file": one.file, "code": one.code, "message": one.message} for one in quarantined(accession)],
        "pages": known.pages,
        "seconds": round(elapsed, 2),
        "paper_only": Item.objects.filter(accession=accession.pk, is_paper_only=True).count(),
        "rows": [{"row": one.row, "code": one.code, "message": one.message} for one in row_problems(accession)],
    }


def duplicates(accession: Accession) -> list[dict[str, str]]:
    """Each with the 档号 under which its bytes are held, or the working number until they are filed."""
    files = list(accession.files.filter(outcome=FileOutcome.DUPLICATE).select_related("item", "container__container"))
    remade = find_by_digest(bytes(file.digest) for file in files if file.item is None and file.digest)
    owners = [file.item or remade.get(bytes(file.digest or b"")) for file in files]
    return [
        {"file": full_path(file), "reference_code": _name_of(owner)} for file, owner in zip(files, owners, strict=True)
    ]


def _name_of(item: Item | None) -> str:
    return (item.reference_code or item.working_number) if item else ""


def problems(accession: Accession) -> list[Problem]:
    return [*quarantined(accession), *row_problems(accession)]


def quarantined(accession: Accession) -> list[Problem]:
    files = accession.files.filter(outcome=FileOutcome.QUARANTINED).select_related("container__container")
    return [problem_of(file) for file in files]


def problem_of(file: ReceivedFile) -> Problem:
    path = full_path(file)
    facts = facts_of(file) | {"file": path}
    return Problem(file=path, code=file.code, message=say(file.code, language(), **facts), id=file.pk)


def row_problems(accession: Accession) -> list[Problem]:
    rows = accession.rows.exclude(code="").select_related("file__container")
    return [_row_problem(row) for row in rows]


def _row_problem(row: CatalogueRow) -> Problem:
    facts = row_facts_of(row) | {"row": row.number, "file": full_path(row.file)}
    return Problem(file=full_path(row.file), code=row.code, message=say(row.code, language(), **facts), row=row.number)


def language() -> Language:
    return "en" if (get_language() or "").startswith("en") else "zh"
