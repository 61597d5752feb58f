"""What this room knows of claims that are forgotten: open cases keep them, of closed ones the amounts stay."""

from collections.abc import Collection

from yidang.crypto.fields import seal_json
from yidang.oversight.cases.models import CaseState
from yidang.oversight.desk.models import Finding, FindingLine

_TABLE = "oversight_finding"
_NOTHING: dict[str, object] = {"text": "", "facts": {}, "lines": []}


def what_keeps(claims: Collection[int]) -> str:
    """The number of an open case that rests on one of them."""
    rows = Finding.objects.filter(claim__in=claims, case__isnull=False).exclude(case__state=CaseState.CLOSED)
    found = rows.select_related("case").first()
    return found.case.name if found and found.case else ""


def forget(claims: Collection[int]) -> None:
    found = Finding.objects.filter(claim__in=claims)
    found.filter(case__isnull=True).delete()
    FindingLine.objects.filter(finding__in=found).delete()
    for one in found.filter(case__isnull=False):
        one.person, one.claim, one.line_count = None, None, 0
        one.sealed_evidence = seal_json(_NOTHING, table=_TABLE, row=str(one.id), field="evidence")
        one.save(update_fields=["person", "claim", "line_count", "sealed_evidence"])
