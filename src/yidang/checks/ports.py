"""What the rooms above know and a check needs: said by them, wired by `site`."""

from collections.abc import Callable
from uuid import UUID

from yidang.checks.records import Registered
from yidang.checks.whole import Told, not_run

Register = Callable[[UUID], Registered | None]
Evidence = Callable[[], Told]
_registers: list[Register] = []
_evidence: dict[str, Evidence] = {}


def registers(source: Register) -> None:
    """Who knows what an accession says it holds."""
    _registers[:] = [source]


def registered(accession: UUID) -> Registered | None:
    return next((found for source in _registers if (found := source(accession))), None)


def gives_evidence(code: str, source: Evidence) -> None:
    """For a check that is about the house and not about records: `L-1` practised restoring, `L-3` the storeroom."""
    _evidence[code] = source


def evidence(code: str) -> Told:
    source = _evidence.get(code)
    return source() if source else not_run("check_no_evidence")
