"""When somebody outside saw a checkpoint, by the clock of that somebody."""

from yidang.ledger.anchoring.addresses import EVM, RFC3161, WITNESS
from yidang.ledger.cosigning import parse_cosignature
from yidang.ledger.events import read_time
from yidang.ledger.ports import Evidence


def seen_at(kind: str, evidence: Evidence) -> float | None:
    """Seconds since 1970; None where the evidence states no time of its own. Raises as a damaged record does."""
    if kind == WITNESS:
        return float(min(parse_cosignature(line).time for line in evidence["cosignatures"]))
    if kind == RFC3161:
        return read_time(str(evidence["time"])).timestamp()
    if kind == EVM:
        return float(evidence["time"])
    return None
