"""What two persons can do together: the kinds of approval, each registered by the room that carries it out."""

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import override

from yidang.crypto.fields import open_json, seal_json
from yidang.crypto.sm import sm3
from yidang.identity.policy import Grant, Permission
from yidang.kernel.errors import DomainError, NotFound
from yidang.ledger.events import canonical
from yidang.workflow.models import Approval

Plan = Mapping[str, Any]
_SALT = 16
_TABLE = "workflow_approval"
_ONE_LANGUAGE = "zh-hans"  # a digest must not depend on who looks


class Line(NamedTuple):
    """One thing that changes, in the reader's words. Blank: it was not there before, it will not be there after."""

    what: str
    before: str = ""
    after: str = ""


def _nobody(_plan: Plan) -> frozenset[UUID]:
    return frozenset()


def _nothing(_plan: Plan) -> None:
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A thing that one asks for and another approves.

    `describe` says what would change now, in the active language; it may raise a DomainError when the plan no longer
    fits the world. `execute` runs in the approving transaction, and `approval.decided_by` is who answers for it.
    `lock` keeps the rows concerned still from the comparison to the change. `concerns` names the people whom the plan
    is about: they cannot approve it either.
    """

    code: str
    title: str | Promise
    ask: Permission
    approve: Permission
    describe: Callable[[Plan], Sequence[Line]]
    execute: Callable[[Plan, Approval], None]
    expires_after: timedelta = timedelta(days=3)
    lock: Callable[[Plan], None] = _nothing
    concerns: Callable[[Plan], frozenset[UUID]] = _nobody


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> Kind:
    _kinds[kind.code] = kind
    return kind


def kind_of(code: str) -> Kind:
    """Raises NotFound `approval_kind_unknown`."""
    if code not in _kinds:
        raise NotFound("approval_kind_unknown", kind=code)
    return _kinds[code]


def kinds() -> Sequence[Kind]:
    return tuple(_kinds.values())


def title_of(code: str) -> str:
    return str(_kinds[code].title) if code in _kinds else code


def approvable_by(grant: Grant) -> list[str]:
    return [kind.code for kind in _kinds.values() if grant.allows(kind.approve)]


@dataclass(frozen=True, slots=True)
class Content:
    """What is sealed in an approval."""

    plan: Plan
    reason: str
    salt: bytes = field(default_factory=lambda: secrets.token_bytes(_SALT))
    lines: tuple[Line, ...] = ()


def seal(approval_id: UUID, content: Content) -> bytes:
    value = {
        "plan": content.plan,
        "reason": content.reason,
        "salt": content.salt.hex(),
        "lines": [list(line) for line in content.lines],
    }
    return seal_json(value, table=_TABLE, row=str(approval_id), field="sealed")


def content_of(approval: Approval) -> Content:
    value = open_json(bytes(approval.sealed), table=_TABLE, row=str(approval.id), field="sealed")
    lines = tuple(Line(*line) for line in value["lines"])
    return Content(value["plan"], value["reason"], bytes.fromhex(value["salt"]), lines)


def seal_answer(approval_id: UUID, reason: str) -> bytes:
    return seal_json(reason, table=_TABLE, row=str(approval_id), field="answer")


def answer_of(approval: Approval) -> str:
    if approval.sealed_answer is None:
        return ""
    return str(open_json(bytes(approval.sealed_answer), table=_TABLE, row=str(approval.id), field="answer"))


def lines_now(kind: Kind, plan: Plan) -> tuple[Line, ...]:
    """The lines in the one language of digests and of the sealed copy."""
    with override(_ONE_LANGUAGE):
        return tuple(Line(*map(str, line)) for line in kind.describe(plan))


def digest_of(kind: Kind, salt: bytes, plan: Plan, lines: Sequence[Line]) -> bytes:
    """What the asker committed to: salted, because a list of names and posts is quickly guessed."""
    return sm3(salt + canonical([kind.code, plan, [list(line) for line in lines]]))


def is_unchanged(kind: Kind, content: Content, digest: bytes | memoryview) -> bool:
    """False when what would happen now is not what was asked for, or can no longer happen."""
    try:
        lines = lines_now(kind, content.plan)
    except DomainError:
        return False
    return digest_of(kind, content.salt, content.plan, lines) == bytes(digest)
