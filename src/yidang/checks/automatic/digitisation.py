"""纸质档案数字化质量: resolution, skew, order, completeness, linking of scanned pages. DA/T 31-2017."""

from collections.abc import Iterator, Sequence

from yidang.checks.catalogue import limits
from yidang.checks.records import Flaw, PageFacts, Record
from yidang.checks.registry import of_record


def _flaw(record: Record, why: str, **facts: object) -> Flaw:
    return Flaw(record.id, record.name, why, facts)


def scanned(record: Record) -> Sequence[PageFacts]:
    """Born-digital pages have no scanner to judge."""
    return [page for page in record.pages if page.dpi and not page.is_born_digital]


@of_record("D-1")
def resolution(record: Record) -> Iterator[Flaw]:
    least = limits()["resolution"]["least_dpi"]
    for page in scanned(record):
        if page.dpi < least:
            yield _flaw(record, "check_resolution_low", page=page.number, dpi=page.dpi, least=least)


@of_record("D-2")
def skew(record: Record) -> Iterator[Flaw]:
    most = limits()["skew"]["most_degrees"]
    for page in scanned(record):
        if abs(page.skew) > most:
            yield _flaw(record, "check_skewed", page=page.number, degrees=round(abs(page.skew), 2), most=most)


@of_record("D-3")
def order(record: Record) -> Iterator[Flaw]:
    numbers = [page.number for page in record.pages]
    if numbers != list(range(1, len(numbers) + 1)):
        yield _flaw(record, "check_pages_not_counted")


@of_record("D-4")
def complete(record: Record) -> Iterator[Flaw]:
    """The described number, the catalogue's and the pages themselves."""
    there = len(record.pages)
    described = record.fields.get("pages")
    if record.files and record.page_count != there:
        yield _flaw(record, "check_pages_differ", there=there, said=record.page_count)
    elif there and isinstance(described, int) and described != there:
        yield _flaw(record, "check_pages_differ", there=there, said=described)


@of_record("D-5")
def linked(record: Record) -> Iterator[Flaw]:
    """挂接: every catalogue entry has its images, every image its file."""
    files = {file.ordinal for file in record.files}
    if not record.is_paper_only and not files:
        yield _flaw(record, "check_not_linked")
    for page in record.pages:
        if page.file not in files:
            yield _flaw(record, "check_not_linked", page=page.number)
