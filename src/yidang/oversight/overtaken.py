"""Doubts that a correction overtook: the settlement changed since, and the night doubts the same lines no more.

Only what waits for a first word leaves the desk so. What a person judged stays as it was judged.
"""

from collections.abc import Iterable, Iterator

from django.db import transaction
from django.db.models import Exists, OuterRef

from yidang.claims.models import SettlementEvent
from yidang.ledger.operations import append
from yidang.oversight.findings import ACTOR, Found, turn
from yidang.oversight.models import Finding, FindingState, Run

_TURNING = (FindingState.OPEN, FindingState.OVERTAKEN)


class Overtaken:
    """One night's view: `passing` lets what the rules found go by, `settle` draws the conclusion."""

    def __init__(self, rules: Iterable[str]) -> None:
        changed = SettlementEvent.objects.filter(settlement=OuterRef("claim"), at__gt=OuterRef("found_at"))
        asked = Finding.objects.filter(Exists(changed), state__in=_TURNING, rule__in=list(rules), is_model=False)
        rows = list(asked.values_list("pk", "claim", "fingerprint"))
        self._claims = {claim for _, claim, _ in rows}
        self._numbers = {bytes(mark): number for number, _, mark in rows}
        self._again = set[int]()

    def passing(self, found: Iterable[Found]) -> Iterator[Found]:
        for one in found:
            if one.claim in self._claims and (number := self._numbers.get(one.fingerprint)):
                self._again.add(number)
            yield one

    @transaction.atomic
    def settle(self, run: Run) -> int:
        """How many left the desk; what is doubted again, as after a correction taken back, returns to it."""
        gone = set(self._numbers.values()) - self._again
        back = turn(Finding.objects.filter(pk__in=self._again), FindingState.OVERTAKEN, FindingState.OPEN)
        left = turn(Finding.objects.filter(pk__in=gone), FindingState.OPEN, FindingState.OVERTAKEN)
        if left or back:
            facts = {"run": run.number, "left": left, "back": back}
            append(action="oversight.findings_overtaken", actor=ACTOR, subject=run.id, facts=facts)
        return left
