"""What somebody sees of the own account."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import segno

from yidang.identity import proving, totp, visits
from yidang.identity.factors import factors_of, is_required
from yidang.identity.models import Factor, Post, Staff, Visit
from yidang.identity.posts import in_order, posts_in_force

_ISSUER = "Yidang"
# What the list calls a browser; the first that fits.
_BROWSERS = (("Edg/", "Edge"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
_SYSTEMS = (
    ("Windows", "Windows"),
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)


@dataclass(frozen=True)
class OpenVisit:
    id: UUID
    browser: str
    address: str
    began_at: datetime
    seen_at: datetime
    is_this: bool
    is_elsewhere: bool


@dataclass(frozen=True)
class AccountPage:
    posts: Sequence[Post]
    visits: Sequence[OpenVisit]
    last: Visit | None
    last_browser: str
    app: Factor | None
    passkeys: Sequence[Factor]
    codes_left: int
    has_codes: bool
    is_required: bool
    has_factor: bool


def page_of(staff: Staff, current: UUID | None) -> AccountPage:
    factors = factors_of(staff)
    here = Visit.objects.filter(pk=current).first() if current else None
    last = visits.last_before(here) if here else None
    app = next((one for one in factors if one.kind == Factor.Kind.TOTP), None)
    passkeys = [one for one in factors if one.kind == Factor.Kind.PASSKEY]
    return AccountPage(
        posts=in_order(posts_in_force(staff.id).select_related("department")),
        visits=[_shown(visit, here) for visit in visits.open_visits(staff.id)],
        last=last,
        last_browser=browser_of(visits.device_of(last).agent) if last else "",
        app=app,
        passkeys=passkeys,
        codes_left=proving.codes_left(staff),
        has_codes=any(one.kind == Factor.Kind.RECOVERY for one in factors),
        is_required=is_required(staff),
        has_factor=bool(app or passkeys),
    )


def browser_of(agent: str) -> str:
    names = [next((name for mark, name in known if mark in agent), "") for known in (_BROWSERS, _SYSTEMS)]
    return " · ".join(filter(None, names)) or "–"


def in_fours(secret: str) -> str:
    return " ".join(secret[n : n + 4] for n in range(0, len(secret), 4))


def picture_of(staff: Staff, secret: str) -> str:
    """The QR code as an address of a picture."""
    code = segno.make(totp.address(secret, staff.username, _ISSUER), error="m", micro=False)
    return str(code.svg_data_uri(scale=5, border=4, light="#fff"))


def _shown(visit: Visit, here: Visit | None) -> OpenVisit:
    device = visits.device_of(visit)
    return OpenVisit(
        id=visit.id,
        browser=browser_of(device.agent),
        address=device.address,
        began_at=visit.began_at,
        seen_at=visit.seen_at,
        is_this=here is not None and visit.pk == here.pk,
        is_elsewhere=here is not None and bytes(visit.device) != bytes(here.device),
    )
