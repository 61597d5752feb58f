"""Business systems: entered and revoked by the system administrator, known by a token that is shown once."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from uuid import UUID

from django.db import transaction

from yidang.collection.capture.models import BusinessSystem
from yidang.collection.errors import TokenRefused, TooManyCalls
from yidang.crypto.fields import blind_index
from yidang.holdings.models import Series
from yidang.identity.policy import Grant, Permission, system_grant
from yidang.kernel import clock
from yidang.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from yidang.kernel.plainness import is_plain
from yidang.ledger.operations import append

PREFIX = "yd_"
_SECRET_BYTES = 32
_MOST_CALLS = 6000
_MINUTE = timedelta(minutes=1)


class Scope(StrEnum):
    FILE = "cases:file"
    READ = "cases:read"
    TRACES = "traces:scan"  # of an institution's counter
    CHECK = "claims:check"  # of an institution's settlement desk
    FOLDER = "folder"  # by the watched folder of the house


@dataclass(frozen=True)
class Entered:
    """`token` is known to nobody afterwards."""

    system: BusinessSystem
    token: str


@transaction.atomic
def enter_system(
    grant: Grant, *, code: str, name: str, scopes: Sequence[str], series: Sequence[str], calls_a_minute: int = 60
) -> Entered:
    """Raises Invalid: `system_words_missing`, `system_scope_wrong`; Conflict: `system_code_taken`."""
    grant.require(Permission.MANAGE_INTERFACES)
    if grant.staff_id is None:
        raise NotAllowed("not_allowed")
    code, name = code.strip().lower(), name.strip()[:80]
    if not name or not code.isascii() or not code.replace("-", "").isalnum() or len(code) > 24:  # noqa: PLR2004 - the column
        raise Invalid("system_words_missing")
    _check(scopes, series, calls_a_minute)
    if BusinessSystem.objects.filter(code=code).exists():
        raise Conflict("system_code_taken", system=code)
    token = _token()
    made = BusinessSystem.objects.create(
        code=code,
        name=name,
        token_digest=_digest(token),
        token_tail=token[-4:],
        scopes=sorted(set(scopes)),
        series=sorted(set(series)),
        calls_a_minute=calls_a_minute,
        made_by_id=grant.staff_id,
        made_at=clock.now(),
    )
    facts = {"code": code, "scopes": made.scopes, "series": made.series}
    append(action="system.entered", actor=grant.actor, subject=made.pk, facts=facts)
    return Entered(made, token)


def _check(scopes: Sequence[str], series: Sequence[str], calls: int) -> None:
    known = set(Series.objects.filter(pk__in=series, parent__isnull=False).values_list("pk", flat=True))
    if not scopes or not set(scopes) <= set(Scope) or set(series) - known or not 1 <= calls <= _MOST_CALLS:
        raise Invalid("system_scope_wrong")


def _token() -> str:
    return PREFIX + secrets.token_urlsafe(_SECRET_BYTES)


def _digest(token: str) -> bytes:
    """Keyed, so that a copy of the database alone tells not even whether a guessed token is one."""
    return blind_index("business_system_token", token)


@transaction.atomic
def renew_token(grant: Grant, *, system_id: UUID) -> Entered:
    """The former one ends at once. Raises NotFound: `system_not_found`; Conflict: `system_revoked`."""
    grant.require(Permission.MANAGE_INTERFACES)
    system = _standing(system_id)
    token = _token()
    system.token_digest, system.token_tail = _digest(token), token[-4:]
    system.save()
    append(action="system.token_renewed", actor=grant.actor, subject=system.pk, facts={"code": system.code})
    return Entered(system, token)


@transaction.atomic
def revoke(grant: Grant, *, system_id: UUID) -> BusinessSystem:
    """Raises NotFound: `system_not_found`; Conflict: `system_revoked`."""
    grant.require(Permission.MANAGE_INTERFACES)
    system = _standing(system_id)
    system.revoked_at, system.revoked_by_id = clock.now(), grant.staff_id
    system.save()
    append(action="system.revoked", actor=grant.actor, subject=system.pk, facts={"code": system.code})
    return system


def _standing(system_id: UUID) -> BusinessSystem:
    system = BusinessSystem.objects.select_for_update(of=("self",)).filter(pk=system_id).first()
    if system is None:
        raise NotFound("system_not_found")
    if system.revoked_at:
        raise Conflict("system_revoked", system=system.code)
    return system


def admit(header: str, scope: Scope) -> BusinessSystem:
    """Who calls, by `Authorization: Bearer …`; counts the call.

    Raises:
        TokenRefused: `token_refused` for what is unknown or revoked, `token_scope` for what it may not do.
        TooManyCalls: `too_many_calls`.
    """
    kind, _, token = header.partition(" ")
    if kind.lower() != "bearer" or not token.startswith(PREFIX) or not is_plain(token):
        raise TokenRefused("token_refused")
    with transaction.atomic():
        known = BusinessSystem.objects.select_for_update(of=("self",))
        system = known.filter(token_digest=_digest(token.strip()), revoked_at=None).first()
        if system is None:
            raise TokenRefused("token_refused")
        _count(system)
    if scope not in system.scopes:
        raise TokenRefused("token_scope", scope=str(scope))
    return system


def _count(system: BusinessSystem) -> None:
    """A window of a minute that begins with its first call."""
    now = clock.now()
    if system.minute is None or now - system.minute >= _MINUTE:
        system.minute, system.calls = now, 0
    if system.calls >= system.calls_a_minute:
        wait = (system.minute + _MINUTE - now).total_seconds()
        raise TooManyCalls("too_many_calls", seconds=max(int(wait) + 1, 1))
    system.calls += 1
    system.used_at = now
    system.save(update_fields=["minute", "calls", "used_at"])


def of_folder(code: str) -> BusinessSystem:
    """Raises TokenRefused: `folder_system_unknown`."""
    found = BusinessSystem.objects.filter(code=code[:24], revoked_at=None, scopes__contains=[Scope.FOLDER]).first()
    if found is None:
        raise TokenRefused("folder_system_unknown")
    return found


def grant_of(system: BusinessSystem) -> Grant:
    """The ledger shows `system:<code>`; it may hand in, and see nothing."""
    whole = system_grant(system.code)
    return Grant(
        staff_id=None,
        username=whole.username,
        role="system",
        permissions=frozenset({Permission.INGEST}),
        departments=frozenset(),
    )
