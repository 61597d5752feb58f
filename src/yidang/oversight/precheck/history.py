"""What the operational rows know of a person's last thirteen months, in the columns of the analytics tables."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from yidang.claims.importing.people import pseudonym
from yidang.claims.models import EnroleeSource, Line, Settlement
from yidang.claims.sealed import Words, opened
from yidang.crypto.fields import blind_index
from yidang.kernel.clock import CHINA

MONTHS_BACK = timedelta(days=400)
_MOST = 300  # settlements of one person: more would not be answered in time, and the night looks at all of them
_SETTLEMENT = (
    "claim", "person_id", "provider_id", "visit", "department", "doctor", "scheme", "region", "discharge_way",
    "total_fen", "fund_fen", "own_fen", "reversed", "admitted_at", "discharged_at", "settled_at",
)  # fmt: skip
_LINE = (
    "line", "settlement_id", "served_at", "item", "kind", "quantity", "unit_price_fen", "amount_fen", "days_supply",
    "daily_dose", "prescription", "doctor", "department", "trace", "reversed",
)  # fmt: skip


def person_of(source: str, number: str) -> int:
    """The pseudonym claims have, or will have, for this number of this business system."""
    index = blind_index("claims_person", f"{source}\n{number}")
    known = EnroleeSource.objects.select_related("enrolee").filter(source=source, number_index=index).first()
    return known.enrolee.person if known else pseudonym("person", f"{source}\n{number}")


def history_of(person: int, until: datetime) -> dict[str, list[dict[str, Any]]]:
    """{"settlements", "lines", "diagnoses"} of the person before this moment."""
    wanted = Settlement.objects.filter(person__person=person, settled_at__gte=until - MONTHS_BACK, settled_at__lt=until)
    heads = {head.claim: head for head in wanted.order_by("-settled_at")[:_MOST]}
    words = {claim: opened(head) for claim, head in heads.items()}
    lines = Line.objects.filter(settlement_id__in=list(heads)).values(*_LINE)
    return {
        "settlements": [_head(head, words[claim]) for claim, head in heads.items()],
        "lines": [_line(row, heads[row["settlement_id"]]) for row in lines],
        "diagnoses": [row for claim, head in heads.items() for row in _diagnoses(head, words[claim])],
    }


def _head(head: Settlement, words: Words) -> dict[str, Any]:
    row = {name: _plain(getattr(head, name)) for name in _SETTLEMENT}
    more = {"main_diagnosis": words.get("main"), "drg": words.get("drg"), "month": _month(head)}
    moments = {name: row[name] or row["settled_at"] for name in ("admitted_at", "discharged_at")}
    return row | more | moments | {"person": row["person_id"], "provider": row["provider_id"]}


def _line(row: dict[str, Any], head: Settlement) -> dict[str, Any]:
    about = {"claim": head.claim, "person": head.person_id, "provider": head.provider_id, "visit": head.visit}
    return {name: _plain(value) for name, value in row.items()} | about | {"class": row["kind"], "month": _month(head)}


def _diagnoses(head: Settlement, words: Words) -> Sequence[dict[str, Any]]:
    about = {"claim": head.claim, "person": head.person_id, "month": _month(head)}
    return [one | about for one in words.get("diagnoses", [])]


def _plain(value: Any) -> Any:
    """Moments of the analytics tables are local and carry no zone."""
    return value.astimezone(CHINA).replace(tzinfo=None) if isinstance(value, datetime) else value


def _month(head: Settlement) -> str:
    return f"{head.settled_at.astimezone(CHINA):%Y-%m}"
