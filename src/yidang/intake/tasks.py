"""The jobs of intake.

Each can run twice, or be cut off anywhere, and only tells what to look at: the state of the rows says what is left.
"""

from typing import Any
from uuid import UUID

from procrastinate.contrib.django import app
from procrastinate.tasks import Task

from yidang.intake import checking, operations
from yidang.intake.stopping import Patience, told

_AGAIN = Patience()


@app.task(name="intake.unfold", queue="intake", retry=_AGAIN)
@told()
def unfold(accession: str) -> None:
    operations.unfold(accession_id=UUID(accession))


@app.task(name="intake.read_groups", queue="intake", retry=_AGAIN)
@told()
def read_groups(accession: str, first: int, last: int) -> None:
    operations.read_groups(accession_id=UUID(accession), first=first, last=last)


@app.task(name="intake.read_page", queue="ocr", retry=_AGAIN)
@told()
def read_page(page: str) -> None:
    operations.read_page(page_id=UUID(page))


@app.task(name="intake.file_ready", queue="intake", retry=_AGAIN)
@told()
def file_ready(accession: str) -> None:
    operations.file_ready(accession_id=UUID(accession))


@app.task(name="intake.screen", queue="intake", retry=_AGAIN)
@told()
def screen(accession: str) -> None:
    checking.screen(accession_id=UUID(accession))


def sweep() -> int:
    """Takes up again whatever a killed process left unfinished; the number of jobs set going."""
    return operations.resume_unfinished()


BY_NAME: dict[str, Task[Any, Any, Any]] = {
    "unfold": unfold,
    "read_groups": read_groups,
    "read_page": read_page,
    "file_ready": file_ready,
    "screen": screen,
}
