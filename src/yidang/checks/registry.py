"""The automatic checks by their code: of one record, or of the whole that is looked at."""

from collections.abc import Callable, Iterator
from typing import TypeVar

from yidang.checks.records import Flaw, Record
from yidang.checks.whole import Told, Whole

OfRecord = Callable[[Record], Iterator[Flaw]]
OfWhole = Callable[[Whole], Told]
_of_records: dict[str, OfRecord] = {}
_of_whole: dict[str, OfWhole] = {}
F = TypeVar("F", OfRecord, OfWhole)


def of_record(code: str) -> Callable[[OfRecord], OfRecord]:
    """Called with every record; yields what is wrong with it."""

    def keep(check: OfRecord) -> OfRecord:
        _of_records[code] = check
        return check

    return keep


def of_whole(code: str) -> Callable[[OfWhole], OfWhole]:
    """Called once; tells a verdict, or why there is none."""

    def keep(check: OfWhole) -> OfWhole:
        _of_whole[code] = check
        return check

    return keep


def record_check(code: str) -> OfRecord | None:
    _load()
    return _of_records.get(code)


def whole_check(code: str) -> OfWhole | None:
    _load()
    return _of_whole.get(code)


def _load() -> None:
    from yidang.checks.automatic import authenticity, digitisation, integrity, safety, usability  # noqa: F401
