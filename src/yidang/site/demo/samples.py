"""What the samples became, read beside the server: the truth the roles' checks are measured against."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from yidang.holdings import queries
from yidang.holdings.models import Item, ItemScope, ItemState
from yidang.identity.models import Role, Staff
from yidang.identity.policy import system_grant
from yidang.intake.models import Accession, AccessionState, FileOutcome, ReceivedFile
from yidang.site.demo import folder, loading
from yidang.site.demo.visitor import Visitor
from yidang.site.demo.waiting import wait_for
from yidang.site.verification import verify

GRANT = system_grant("demo")
_PHRASE = re.compile(r"[\u4e00-\u9fff]{4,8}")
_ENDED = {FileOutcome.ACCEPTED, FileOutcome.WAITING, FileOutcome.DUPLICATE, FileOutcome.QUARANTINED}


@dataclass(frozen=True)
class Target:
    """A filed record and words on its first page. `page` is the page's picture."""

    id: str
    reference_code: str
    words: str

    @property
    def path(self) -> str:
        return f"/items/{self.id}/"


@dataclass(frozen=True)
class Targets:
    """One record the reader's section may see, and one it may not."""

    own: Target
    foreign: Target


def finds(visitor: Visitor, words: str, target: Target) -> bool:
    return target.reference_code in visitor.submit("/search/", q=words).text


def wait_for_first_hit(archivist: Visitor, seconds: float) -> None:
    first = wait_for(lambda: next(_filed(), None), seconds, "the first filed record")
    wait_for(lambda: finds(archivist, first.words, first) or None, seconds, "the first hit")


def _filed(**which: Any) -> Iterator[Target]:
    scanned = Item.objects.filter(
        state=ItemState.FILED, version__gt=0, pages__number=1, **which
    )  # paper has no picture
    for item in scanned.order_by("pk"):
        found = _PHRASE.search(queries.page_reading(item, 1).text())
        if found and item.reference_code:
            yield Target(str(item.pk), item.reference_code, found[0])


def targets() -> Targets:
    """Raises StopIteration when no record was filed on one of the two sides."""
    section = Staff.objects.get(role=Role.READER).department_id
    inside = ItemScope.objects.filter(kind="section", value=section).values("item")
    outside = ItemScope.objects.filter(kind="section").exclude(value=section).exclude(item__in=inside)
    return Targets(own=next(_filed(pk__in=inside)), foreign=next(_filed(pk__in=outside.values("item"))))


def wait_until_read(home: Path, seconds: float) -> dict[str, int]:
    def settled() -> bool | None:
        is_over = not Accession.objects.exclude(state=AccessionState.DONE).exists()
        return (folder.is_loaded(home) and is_over) or None

    wait_for(settled, seconds, "the last sample")
    counted = ReceivedFile.objects.exclude(outcome=FileOutcome.UNFOLDED).values_list("outcome", flat=True)
    outcomes = list(counted)
    return {"received": len(outcomes)} | {name: outcomes.count(name) for name in sorted({*outcomes, *_ENDED})}


def outcomes(batch: dict[str, int]) -> Iterator[dict[str, Any]]:
    expected = loading.file_count()
    ended = sum(batch[name] for name in _ENDED)
    yield finding("every sample was received", batch["received"] >= expected, f"{batch['received']} of {expected}")
    yield finding("every file reached one outcome", ended == batch["received"], str(batch))
    yield finding("something was filed", batch[FileOutcome.ACCEPTED] > 0, str(batch))


def agreement() -> dict[str, Any]:
    result = verify()
    told = "; ".join(one["message"] for one in result["differences"][:3])
    return finding("store, keys, catalogue, index and ledger agree", result["ok"], told)


def finding(name: str, holds: object, detail: str = "") -> dict[str, Any]:
    return {"name": name, "ok": bool(holds), "detail": detail}
