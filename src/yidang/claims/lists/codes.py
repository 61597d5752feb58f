"""Standard code tables: every version stays, the newest by its date is held against."""

from collections.abc import Collection, Sequence

from yidang.claims.lists.reading import Entry
from yidang.claims.models import Code, TakenList

KINDS = frozenset({"diagnoses", "operations", "drugs", "services", "materials", "regions"})
_LONGEST, _LONGEST_NAME = 40, 300


def newest(kind: str) -> TakenList | None:
    return TakenList.objects.filter(kind=kind).order_by("-dated_on", "-number").first()


def unknown(kind: str, codes: Collection[str]) -> set[str]:
    """Those the newest table lacks; none where there is no table."""
    standing = newest(kind)
    if standing is None or not codes:
        return set()
    known = Code.objects.filter(list=standing, code__in=list(codes)).values_list("code", flat=True)
    return set(codes) - set(known)


def problem_of(entry: Entry) -> tuple[str, str] | None:
    return ("code", "list_code_long") if len(entry.values["code"]) > _LONGEST else None


def keep(taken: TakenList, entries: Sequence[Entry]) -> int:
    made = {
        one.values["code"]: Code(list=taken, code=one.values["code"], name=one.values.get("name", "")[:_LONGEST_NAME])
        for one in entries
    }
    Code.objects.bulk_create(made.values(), batch_size=5000)
    return len(made)
