"""Whatever is written in the ledger can be said to a person, in both languages."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import translation

from yidang.access.requests.models import PersonRequest
from yidang.holdings.veil import COVERED_FIELDS, MASKS
from yidang.preservation.models import CopyDuty
from yidang.site.labels import ACTIONS, VERSION_KINDS
from yidang.workflow.models import ApprovalState
from yidang.workflow.outbox_models import DeliveryState

SOURCE = Path(__file__).resolve().parents[2] / "src" / "yidang"
LITERAL = re.compile(r"[a-z_]+\.[a-z_]+")
# What the places of an action put together from parts can be.
PARTS = {
    "rule.{state}": ("review", "restored"),
    "settlement.{kind}": ("recovered", "restored"),
    "{what}.shown": ["settlement", "enrolee"],
    "{what}.unmasked": [*MASKS, *COVERED_FIELDS, "page", "settlement", "enrolee"],
    "request.{state}": [state for state in PersonRequest.State.values if state != PersonRequest.State.OPEN],
    "notice.{state.value}": [DeliveryState.SENT, DeliveryState.DEAD],
    "item.{plan.kind}": VERSION_KINDS,
    "item.{note.kind}": VERSION_KINDS,
    "rectification.{step}": [
        "opened",
        "reassigned",
        "cure_handed_in",
        "cure_accepted",
        "cure_returned",
        "closed",
    ],
    "inspection.{step}": [
        "opened",
        "papers_asked",
        "answered",
        "heard",
        "proposed",
        "decided",
        "notified",
        "recovery_planned",
        "payment_entered",
        "payment_confirmed",
        "overturn_asked",
        "overturned",
        "refund_entered",
        "refund_confirmed",
        "closed",
    ],
    "copies.{kind}": CopyDuty.Kind.values,
    "approval.{state.value}": ApprovalState.values,
}


def appended() -> Iterator[str]:
    """Every `action=` in the program, and what helpers hand on to one: `_tell(actor, "key.split", …)`."""
    for path in SOURCE.rglob("*.py"):
        if "migrations" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            given = [word.value for word in node.keywords if word.arg == "action"]
            if isinstance(node.func, ast.Name) and node.func.id == "_tell":
                given += node.args
            yield from (text for value in given for text in _texts(value))


def _texts(value: ast.expr) -> Iterator[str]:
    if isinstance(value, ast.Constant) and LITERAL.fullmatch(str(value.value)):
        yield str(value.value)
    if isinstance(value, ast.JoinedStr):
        pattern = ast.unparse(value)[2:-1]
        yield from (re.sub(r"\{.*\}", str(part), pattern) for part in PARTS[pattern])


def test_every_event_has_a_label() -> None:
    written = set(appended())
    assert len(written) > len(ACTIONS) / 2
    assert written - ACTIONS.keys() == set()


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_label_is_in_the_language_asked_for(language: str) -> None:
    with translation.override(language):
        chinese = {action for action, label in ACTIONS.items() if re.search(r"[\u4e00-\u9fff]", str(label))}
    assert chinese == (set(ACTIONS) if language == "zh-hans" else set())
