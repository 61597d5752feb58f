"""What became of a rule's doubts, counted one way for the desk's figures, its standing and its probability."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, Sum

from yidang.oversight.desk.models import Finding, FindingState

_YES = Q(state__in=[FindingState.CONFIRMED, FindingState.UPHELD])
_NO = Q(state__in=[FindingState.REFUSED, FindingState.CLEARED])


@dataclass(frozen=True, slots=True)
class Counted:
    rule: str
    hits: int = 0
    yes: int = 0
    no: int = 0
    counted_fen: int = 0
    upheld_fen: int = 0

    @property
    def judged(self) -> int:
        return self.yes + self.no

    @property
    def confirmed(self) -> float | None:
        """Of what was judged."""
        return self.yes / self.judged if self.judged else None


def by_rule(rule: str = "", *, decided_after: datetime | None = None) -> dict[str, Counted]:
    """Of every rule that found anything, or of one; `decided_after` counts what persons said since."""
    found = Finding.objects.filter(rule=rule) if rule else Finding.objects.all()
    if decided_after is not None:
        found = found.filter(decided_at__gt=decided_after)
    rows = found.values("rule").annotate(
        hits=Count("pk"),
        yes=Count("pk", filter=_YES),
        no=Count("pk", filter=_NO),
        fen=Sum("counted_fen", default=0),
        upheld=Sum("upheld_fen", default=0),
    )
    return {
        row["rule"]: Counted(row["rule"], row["hits"], row["yes"], row["no"], row["fen"], row["upheld"])
        for row in rows.order_by()
    }


def of_rule(rule: str, *, decided_after: datetime | None = None) -> Counted:
    return by_rule(rule, decided_after=decided_after).get(rule, Counted(rule))
