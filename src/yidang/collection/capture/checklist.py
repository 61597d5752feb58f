"""The materials of a business step, as the instrument in force has them, and what of them a case brought."""

from collections.abc import Mapping, Sequence
from typing import Any

from yidang.collection.capture.models import Case, CaseMaterial
from yidang.collection.capture.rules import is_same_material
from yidang.disposition.instrument import keeping
from yidang.holdings.models import Series
from yidang.kernel.clock import now, today

Line = Mapping[str, Any]


def lines_of(series: Series) -> Sequence[Line]:
    """`name` and the four flags of `disposition.instrument.rules`; of the version in force today."""
    standing = [one for one in keeping.versions(series.fonds_id) if one.effective_from <= today()]
    rows = keeping.rows_of(series.fonds_id, standing[-1].number if standing else 1)
    for row in rows:
        if row["code"] == series.code:
            lines: Sequence[Line] = row["materials"]
            return lines
    return []


def lay(case: Case, came: Sequence[str]) -> list[CaseMaterial]:
    """The case's checklist with what came ticked; what came beside it becomes no line."""
    rows = [_row(case, place, line, came) for place, line in enumerate(lines_of(case.series), start=1)]
    return CaseMaterial.objects.bulk_create(rows, ignore_conflicts=True)


def _row(case: Case, place: int, line: Line, came: Sequence[str]) -> CaseMaterial:
    is_there = any(is_same_material(line["name"], name) for name in came)
    state = CaseMaterial.State
    return CaseMaterial(
        case=case,
        position=place,
        name=line["name"],
        is_required=line["is_required"],
        is_original=line["is_original"],
        is_scan_required=line["is_scan_required"],
        is_paper_kept=line["is_paper_kept"],
        state=state.THERE if is_there else state.MISSING if line["is_required"] else state.NOT_NEEDED,
        came_at=now() if is_there else None,
    )


def tick(case: Case, came: Sequence[str]) -> None:
    """What is missing no longer, told by the names of what came."""
    for line in missing(case):
        if any(is_same_material(line.name, name) for name in came):
            line.state, line.came_at = CaseMaterial.State.THERE, now()
            line.save(update_fields=["state", "came_at"])


def missing(case: Case) -> list[CaseMaterial]:
    return list(case.materials.filter(state=CaseMaterial.State.MISSING).order_by("position"))


def paper_awaited(case: Case) -> list[CaseMaterial]:
    """Whose paper is to be kept, while none came."""
    if case.has_paper:
        return []
    return list(case.materials.filter(is_paper_kept=True).order_by("position"))
