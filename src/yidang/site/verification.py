"""The whole archive checked, and rebuilt: each room looks at its own truth, this lays the findings side by side."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.conf import settings
from django.utils.translation import get_language

from yidang.access import feeding
from yidang.access.verification import verify_index
from yidang.holdings import rebuild as holdings_rebuild
from yidang.holdings import verify as holdings_verify
from yidang.kernel.difference import Difference, difference
from yidang.kernel.texts import say
from yidang.ledger import verifier


def verify(code: str | None = None) -> dict[str, Any]:
    """{"ok", "items", "count", "differences": [{"code", "message", "facts"}]}; `code` narrows it to one record."""
    report = holdings_verify.verify([code] if code else None)
    found = list(report.differences)
    if code is None:
        found += [*verify_ledger(), *verify_index()]
    return _outcome(report.items, found)


def rebuild() -> dict[str, Any]:
    """The same shape; the differences name what could not be brought back."""
    report = holdings_rebuild.rebuild()
    feeding.rebuild_index()
    return _outcome(report.items, report.differences)


def verify_ledger() -> Iterator[Difference]:
    """The log's files against themselves and their signatures, with the very program a stranger would use."""
    result = verifier.verify_folder(settings.YIDANG.home / "ledger")
    for finding in result["findings"]:
        facts = {name: value for name, value in finding.items() if name != "code"}
        yield difference("ledger_damaged", finding=finding["code"], **facts)


def _outcome(items: int, differences: Iterable[Difference]) -> dict[str, Any]:
    language = "en" if get_language() == "en" else "zh"
    told = [{"code": d.code, "message": say(d.code, language, **d.facts), "facts": dict(d.facts)} for d in differences]
    return {"ok": not told, "items": items, "count": len(told), "differences": told}
