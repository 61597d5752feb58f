"""Second factors: who must have one, who has which, and whether one was proved just now."""

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any, Concatenate, ParamSpec
from uuid import UUID

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse

from yidang.identity.models import Factor, Role, Staff
from yidang.identity.posts import posts_in_force
from yidang.kernel.clock import now

P = ParamSpec("P")
View = Callable[Concatenate[Any, P], HttpResponseBase]

FRESH_SECONDS = 300
PROVED_AT = "factor_at"  # in the session: a second factor, or for want of one the password once more
HAS_PROVED = "factor_proved"  # in the session: a real second factor


def required_roles() -> frozenset[str]:
    given = settings.YIDANG.second_factor_roles
    if given == "all":
        return frozenset(Role.values)
    return frozenset() if given == "none" else frozenset(given.split(","))


def is_required(staff: Staff) -> bool:
    roles = required_roles()
    return bool(roles) and posts_in_force(staff.id).filter(role__in=roles).exists()


def factors_of(staff: Staff) -> Sequence[Factor]:
    return list(Factor.objects.filter(staff=staff).order_by("added_at"))


def kinds_of(staff_id: UUID) -> frozenset[str]:
    return frozenset(Factor.objects.filter(staff=staff_id).values_list("kind", flat=True))


def has_factor(staff_id: UUID) -> bool:
    """Recovery codes alone are none: they stand in for a lost one."""
    return bool(kinds_of(staff_id) - {Factor.Kind.RECOVERY})


def note_proof(request: HttpRequest, *, is_second: bool) -> None:
    request.session[PROVED_AT] = now().timestamp()
    if is_second:
        request.session[HAS_PROVED] = True


def is_fresh(request: HttpRequest, seconds: int = FRESH_SECONDS) -> bool:
    """Whether the person proved the second factor within `seconds`; where the role needs none, the password."""
    proved_at = request.session.get(PROVED_AT)
    if not isinstance(proved_at, float) or not isinstance(request.user, Staff):
        return False
    is_enough = HAS_PROVED in request.session or not (has_factor(request.user.id) or is_required(request.user))
    return is_enough and 0 <= now().timestamp() - proved_at <= seconds


def fresh_factor_required(view: View[P]) -> View[P]:
    """Sends the person to prove it once more and back. Stands inside `permission_required`.

    A form sent without it is lost: show its page behind the same decorator, so that it is proved before typing.
    """

    @wraps(view)
    def guarded(request: Any, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if is_fresh(request):
            return view(request, *args, **kwargs)
        return renew(request, request.get_full_path() if request.method == "GET" else _page_before(request))

    return guarded


def renew(request: HttpRequest, back: str) -> HttpResponseBase:  # noqa: ARG001 - the signature others wire
    """Sends the person to prove it, and then to `back`."""
    return redirect_to_login(back, reverse("identity:again"))


def _page_before(request: HttpRequest) -> str:
    """Where a form was sent from, when it was this house."""
    origin = f"{request.scheme}://{request.get_host()}"
    referer = request.headers.get("Referer", "")
    return referer.removeprefix(origin) if referer.startswith(f"{origin}/") else "/"
