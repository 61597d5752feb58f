"""What the history knows of a box: moves that came with claims, judged as a scan at the counter would have been."""

from collections.abc import Iterable
from datetime import datetime

from yidang.claims.history.reading import connect
from yidang.claims.traces.rules import Kind, Scan
from yidang.kernel.clock import CHINA

_MEMORY = "200MB"
_ASKED = """
SELECT kind, provider, region, moved_at, claim, person, item, product, document, quantity, is_split
FROM traces WHERE trace IN ($given, $normal)
UNION ALL SELECT 'stock', provider, NULL, stocked_at, NULL, NULL, item, product, NULL, 1, false
FROM stock_in WHERE trace IN ($given, $normal)
"""


def moves_of(code: str, normal: str) -> list[Scan]:
    """As the files write the code, or as it is read here; oldest first."""
    with connect(memory=_MEMORY, threads=1) as db:
        rows = db.execute(_ASKED, {"given": code.strip(), "normal": normal}).fetchall()
    made = [
        Scan(
            code=normal,
            kind=Kind(kind),
            provider=provider or "",
            region=region or "",
            moved_at=_moment(moved_at),
            claim=claim,
            person=person,
            item=item or "",
            product=product or "",
            document=document or (str(claim) if claim else ""),
            quantity=quantity or 1.0,
            is_split=bool(is_split),
        )
        for kind, provider, region, moved_at, claim, person, item, product, document, quantity, is_split in rows
    ]
    return sorted(made, key=lambda one: one.moved_at)


def unscanned(known: Iterable[Scan], scanned: Iterable[tuple[str, str, datetime]]) -> list[Scan]:
    """Without those that were scanned as well: the same kind at the same institution in the same minute."""
    seen = {(kind, provider, _minute(at)) for kind, provider, at in scanned}
    return [one for one in known if (one.kind, one.provider, _minute(one.moved_at)) not in seen]


def _moment(naive: datetime | None) -> datetime:
    """Of a move without its moment nothing tells when: before all others."""
    return (naive or datetime(1970, 1, 1)).replace(tzinfo=CHINA)  # noqa: DTZ001 - given its zone here


def _minute(at: datetime) -> datetime:
    return at.astimezone(CHINA).replace(second=0, microsecond=0)
