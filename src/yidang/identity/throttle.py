"""Slows down whoever guesses passwords: per account and per address, shared by all web workers."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Max

from yidang.crypto.fields import blind_index
from yidang.identity.models import SignInThrottle
from yidang.kernel.clock import now
from yidang.kernel.errors import Conflict


@dataclass(frozen=True, slots=True)
class Limit:
    """`free` failures cost nothing; each further one doubles the wait from `first` up to `longest`."""

    free: int
    first: timedelta
    longest: timedelta

    def wait(self, failures: int) -> timedelta:
        over = failures - self.free
        if over < 0:
            return timedelta(0)
        doubled: timedelta = self.first * 2 ** min(over, 16)
        return min(doubled, self.longest)


ACCOUNT = Limit(free=5, first=timedelta(minutes=1), longest=timedelta(minutes=15))
# Many share one address behind the bureau's gateway, so it is given more room.
ADDRESS = Limit(free=30, first=timedelta(minutes=1), longest=timedelta(minutes=15))
FORGOTTEN_AFTER = timedelta(hours=1)


def account_key(username: str) -> bytes:
    return blind_index("sign_in_account", username.strip().lower())


def factor_key(staff_id: UUID) -> bytes:
    return blind_index("sign_in_factor", str(staff_id))


def address_key(address: str) -> bytes:
    return blind_index("sign_in_address", address)


def blocked_until(keys: Sequence[bytes]) -> datetime | None:
    """When the longest of the blocks that stand now ends.

    None lasts longer than the longest wait: one that seems to was laid before the clock was set back.
    """
    moment = now()
    standing = SignInThrottle.objects.filter(key__in=keys, blocked_until__gt=moment)
    standing = standing.filter(blocked_until__lte=moment + max(ACCOUNT.longest, ADDRESS.longest))
    latest: datetime | None = standing.aggregate(latest=Max("blocked_until"))["latest"]
    return latest


def require_open(*keys: bytes) -> None:
    """Raises Conflict `too_many_sign_ins` with the minutes to wait."""
    if until := blocked_until(keys):
        raise Conflict("too_many_sign_ins", minutes=math.ceil((until - now()).total_seconds() / 60))


def record_failure(key: bytes, limit: Limit) -> None:
    """Inside a transaction: the row lock keeps parallel guesses from sharing one count."""
    moment = now()
    SignInThrottle.objects.bulk_create([SignInThrottle(key=key, last_failure_at=moment)], ignore_conflicts=True)
    row = SignInThrottle.objects.select_for_update().get(key=key)
    stale = moment - row.last_failure_at > FORGOTTEN_AFTER
    row.failures = 1 if stale else row.failures + 1
    row.last_failure_at = moment
    wait = limit.wait(row.failures)
    row.blocked_until = moment + wait if wait else None
    row.save()


def forget(key: bytes) -> None:
    SignInThrottle.objects.filter(key=key).delete()
