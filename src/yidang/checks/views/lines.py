"""The results of a run as pages draw them."""

from yidang.checks import attesting, reports
from yidang.checks.catalogue import rows
from yidang.checks.models import Result, Run


def natures(run: Run) -> list[tuple[str, list[dict[str, object]]]]:
    results = list(run.results.select_related("attested_by"))
    return [(nature, [_line(one) for one in some]) for nature, some in reports.by_nature(results)]


def _line(result: Result) -> dict[str, object]:
    is_open = result.outcome == "not_run" or (result.outcome == "passed" and result.mode == "mixed")
    return {
        "result": result,
        "row": rows()[result.code],
        "flaws": result.evidence.get("flaws", []),
        "reason": attesting.reason_of(result),
        "can_attest": is_open and not result.attested,
    }
