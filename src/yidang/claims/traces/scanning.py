"""A scan at the counter: one look-up by the unique key, one row more, and the answer whether the box was out before."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from django.db import connection, transaction
from django.urls import reverse

from yidang.claims.lists import products
from yidang.claims.models import Box, BoxAlert, BoxMove, Product
from yidang.claims.traces.rules import (
    PREFIX,
    Judged,
    Kind,
    Scan,
    Standing,
    Verdict,
    document_of,
    family,
    judge,
    key_of,
    normal,
)
from yidang.identity.policy import Grant, Permission
from yidang.kernel.clock import now
from yidang.ledger.operations import append
from yidang.workflow.models import Task
from yidang.workflow.operations import open_task

TASK = "trace_alerts"
_LONGEST = 100
_FIELDS = "key, family, sold, person, provider, region, document, moved_at, is_locked"
# Entered, or locked as it stood: one question either way. No row at all: another counter entered it this moment.
ENTER_OR_LOCK = f"""
WITH fresh AS (
  INSERT INTO claims_box ({_FIELDS}) VALUES (%(key)s, %(family)s, %(sold)s, %(person)s, %(provider)s, %(region)s,
    %(document)s, %(moved_at)s, false) ON CONFLICT (key) DO NOTHING RETURNING true AS is_first, {_FIELDS}
), known AS (
  SELECT false AS is_first, {_FIELDS} FROM claims_box WHERE key = %(key)s FOR UPDATE
)
SELECT * FROM fresh UNION ALL SELECT * FROM known
"""  # noqa: S608 - names of columns alone
Bound = dict[str, list[tuple[str, str]]]  # by the first seven digits: item and article number


@dataclass(frozen=True, slots=True)
class Told:
    """`holds`: settle nothing of it until somebody has looked. A code is never refused for its form."""

    code: str
    family: str
    verdict: Verdict
    grade: int
    holds: bool


@transaction.atomic
def scan(grant: Grant, scans: Sequence[Scan]) -> list[Told]:
    """Judged in the order of their keys, so that two counters never wait for each other crosswise; told as given."""
    order = sorted(range(len(scans)), key=lambda at: (str(key_of(normal(scans[at].code))), at))
    bound = _bound(scans)
    told = {at: _one(scans[at], bound) for at in order}
    BoxMove.objects.bulk_create(_moved(scans[at], told[at].verdict) for at in order)
    doubts = sum(one.holds for one in told.values())
    append(action="traces.scanned", actor=grant.actor, facts={"count": len(scans), "doubts": doubts})
    if doubts:
        _tell(grant)
    return [told[at] for at in range(len(scans))]


def _one(given: Scan, bound: Bound) -> Told:
    code = normal(given.code)
    if not code:
        return _without(given)
    judged = _judged(given, code, bound)
    return Told(given.code, family(code), judged.verdict, judged.grade, judged.verdict.holds)


def _judged(given: Scan, code: str, bound: Bound) -> Judged:
    judged = judge(given, None)
    known = _known(given, code, judged.sold)
    if known is not None:
        judged = judge(given, _standing(known))
        _move(known, given, judged)
    if given.kind == Kind.STOCK and family(code) == "A" and not bound.get(code[:PREFIX]):
        products.bind(code=code, product=given.product, item=given.item)
        bound |= _bound([given])
    if not judged.verdict.holds and not _is_bound(given, code, bound):
        judged = Judged(Verdict.UNBOUND, judged.sold, 1)
    if judged.verdict.holds:
        _lock(given, code, judged, known)
    return judged


def _known(given: Scan, code: str, sold: float) -> Box | None:
    """The box as it stood, locked until we are through; none if it stands since now."""
    values: dict[str, Any] = {
        "key": key_of(code),
        "family": family(code),
        "sold": sold,
        "person": given.person,
        "provider": given.provider,
        "region": given.region,
        "document": document_of(given) if given.kind == Kind.SALE else None,
        "moved_at": given.moved_at,
    }
    with connection.cursor() as cursor:
        cursor.execute(ENTER_OR_LOCK, values)
        row = cursor.fetchone()
    if row is None:
        return Box.objects.select_for_update().get(pk=key_of(code))
    is_first, *fields = row
    return None if is_first else Box.from_db("default", _FIELDS.split(", "), fields)


def _standing(box: Box) -> Standing:
    return Standing(box.sold, box.person, box.provider, box.region, box.document, box.moved_at, box.is_locked)


def _move(box: Box, given: Scan, judged: Judged) -> None:
    if judged.verdict == Verdict.REPEATED or judged.verdict.holds:
        return
    box.sold, box.moved_at = judged.sold, given.moved_at
    box.provider, box.region, box.person = given.provider, given.region, given.person
    box.document = document_of(given) if given.kind == Kind.SALE else None
    box.save()


def _lock(given: Scan, code: str, judged: Judged, known: Box | None) -> None:
    Box.objects.filter(pk=key_of(code)).update(is_locked=True)
    BoxAlert.objects.create(
        key=key_of(code),
        code=code[:_LONGEST],
        verdict=judged.verdict,
        grade=judged.grade,
        before=known.provider if known else "",
        provider=given.provider,
        at=now(),
    )


def _moved(given: Scan, verdict: Verdict) -> BoxMove:
    code = normal(given.code)
    return BoxMove(
        key=key_of(code) if code else None,
        kind=given.kind,
        provider=given.provider,
        region=given.region,
        person=given.person,
        claim=given.claim,
        item=given.item,
        product=given.product,
        quantity=given.quantity,
        is_split=given.is_split,
        document=document_of(given),
        moved_at=given.moved_at,
        verdict=verdict,
    )


def _without(given: Scan) -> Told:
    """无码库: what has no codes is paid without; what should have one is told, and still not refused."""
    verdict = Verdict.WITHOUT if given.item in without_codes() else Verdict.MISSING
    return Told("", "", verdict, 0, holds=False)


def _is_bound(given: Scan, code: str, bound: Bound) -> bool:
    """Unknown prefixes and blank codes say nothing; known ones must be of the same thing."""
    if family(code) != "A" or not (given.item or given.product):
        return True
    rows = bound.get(code[:PREFIX], [])
    return not rows or any(given.item in {"", item} and given.product in {"", product} for item, product in rows)


def _bound(scans: Sequence[Scan]) -> Bound:
    codes = {normal(one.code) for one in scans}
    found: Bound = {}
    wanted = {code[:PREFIX] for code in codes if code and family(code) == "A"}
    for product in Product.objects.filter(trace_prefix__in=wanted):
        found.setdefault(product.trace_prefix, []).append((product.item, product.product))
    return found


@cache
def without_codes() -> frozenset[str]:
    text = files("yidang.claims").joinpath("data/without_codes.csv").read_text(encoding="utf-8")
    return frozenset(line.split(",")[0] for line in text.splitlines()[1:] if line)


def _tell(grant: Grant) -> None:
    """One task for however many doubts; they stand in the list."""
    if not Task.objects.filter(kind=TASK, closed_at__isnull=True).exists():
        url = reverse("traces:alerts")
        open_task(grant=grant, kind=TASK, subject_url=url, permission=Permission.REVIEW_FINDINGS)
