"""Accounts and posts held against the ledger: what was changed behind the system's back is named.

Every change appends the account's state or the post's facts in its own transaction; so the newest entries say exactly
which rows there must be. Whoever writes to the tables by hand cannot write the ledger to match.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Q

from yidang.identity.attesting import naming_of, state_of
from yidang.identity.departments import department_differences
from yidang.identity.models import Post, Staff
from yidang.kernel.difference import Difference, difference
from yidang.kernel.errors import DomainError
from yidang.ledger.models import LedgerEntry

_POST_FACTS = ("role", "department", "since", "until", "approval")


@dataclass
class _Told:
    """What the ledger says: the state of each account, the facts of each post, who bears it."""

    states: dict[UUID, str] = field(default_factory=dict)
    names: dict[UUID, str] = field(default_factory=dict)
    naming: dict[UUID, str] = field(default_factory=dict)
    posts: dict[str, dict[str, str]] = field(default_factory=dict)


def verify_people() -> list[Difference]:
    """Every difference, named by user name. What stands only in one of two readings was a change under way."""
    found = _differences()
    return [one for one in _differences() if one in found] if found else []


def _differences() -> list[Difference]:
    told = _told()
    return [*_of_staff(told), *_of_posts(told), *department_differences()]


def _told() -> _Told:
    told = _Told()
    entries = LedgerEntry.objects.filter(Q(action__startswith="staff.") | Q(action__startswith="post."))
    for entry in entries.order_by("id").iterator():
        if entry.subject is not None:
            _take(told, entry.action, entry.subject, json.loads(bytes(entry.entry)).get("facts", {}))
    return told


def _take(told: _Told, action: str, subject: UUID, facts: dict[str, Any]) -> None:
    if "state" in facts:
        told.states[subject] = facts["state"]
    if "naming" in facts:
        told.naming[subject] = facts["naming"]
    if "username" in facts:
        told.names[subject] = facts["username"]
    if action in {"post.given", "post.ended"}:
        told.posts[facts["post"]] = {"staff": str(subject)} | told.posts.get(facts["post"], {}) | _facts(facts, action)
    if action == "staff.restored":  # a lost database took the posts with it
        told.posts = {post: held for post, held in told.posts.items() if held["staff"] != str(subject)}


def _facts(facts: dict[str, Any], action: str) -> dict[str, str]:
    kept = ("until",) if action == "post.ended" else _POST_FACTS
    return {name: str(facts.get(name, "")) for name in kept}


def _of_staff(told: _Told) -> Iterator[Difference]:
    seen = set()
    for staff in Staff.objects.all():
        seen.add(staff.id)
        if staff.id not in told.states:
            yield difference("staff_unknown", username=staff.username)
        elif _state(staff) != told.states[staff.id]:
            yield difference("staff_changed", username=staff.username)
        elif staff.id in told.naming and naming_of(staff) != told.naming[staff.id]:
            yield difference("staff_renamed", username=staff.username)
    for lost in told.states.keys() - seen:
        yield difference("staff_lost", username=told.names.get(lost, str(lost)))


def _state(staff: Staff) -> str:
    try:
        return state_of(staff)
    except (DomainError, ValueError):  # a second factor that no longer opens
        return ""


def _of_posts(told: _Told) -> Iterator[Difference]:
    seen = set()
    for post in Post.objects.select_related("staff"):
        seen.add(str(post.id))
        if str(post.id) not in told.posts:
            yield difference("post_unknown", username=post.staff.username, role=post.role)
        elif _row(post) != told.posts[str(post.id)]:
            yield difference("post_changed", username=post.staff.username, role=post.role)
    for lost in told.posts.keys() - seen:
        held = told.posts[lost]
        yield difference("post_lost", username=told.names.get(UUID(held["staff"]), held["staff"]), role=held["role"])


def _row(post: Post) -> dict[str, str]:
    return {
        "staff": str(post.staff_id),
        "role": post.role,
        "department": post.department_id or "",
        "since": post.since.isoformat(),
        "until": post.until.isoformat() if post.until else "",
        "approval": str(post.approval or ""),
    }
