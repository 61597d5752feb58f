"""What a transfer needs of the checks; `site` makes them known. Before that, a report says that nothing was run."""

import json
from collections.abc import Callable, Sequence
from uuid import UUID

Report = Callable[[Sequence[UUID]], bytes]
Failing = Callable[[], set[UUID]]


def _not_run(items: Sequence[UUID]) -> bytes:
    said = {"report": "four-natures", "stage": "transfer", "state": "not_run", "items": len(items)}
    return json.dumps(said, ensure_ascii=False).encode()


def _none_known() -> set[UUID]:
    return set()


_report: list[Report] = [_not_run]
_failing: list[Failing] = [_none_known]


def reports_by(report: Report) -> None:
    """Makes the four-nature report (JSON) of the items named."""
    _report[0] = report


def failing_by(failing: Failing) -> None:
    """Names the items that fail their four natures: they are not transferred."""
    _failing[0] = failing


def report_of(items: Sequence[UUID]) -> bytes:
    return _report[0](items)


def failing() -> set[UUID]:
    return _failing[0]()
