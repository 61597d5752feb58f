"""The gate before a view, and what each view says of who may come in."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase

from yidang.identity.policy import Grant, Permission, grant_for

P = ParamSpec("P")


class GrantedRequest(HttpRequest):
    """What a view behind `permission_required` receives."""

    grant: Grant


View = Callable[Concatenate[Any, P], HttpResponseBase]


@dataclass(frozen=True, slots=True)
class Entry:
    """Who may open a view: anybody, whoever is signed in, or who holds one of the permissions."""

    is_public: bool = False
    permissions: frozenset[Permission] = frozenset()

    def lets_in(self, grant: Grant) -> bool:
        return not self.permissions or bool(self.permissions & grant.permissions)


PUBLIC = Entry(is_public=True)


def entry_of(view: Callable[..., Any]) -> Entry | None:
    """What the view declares; None for a view that forgot to, which the suite refuses."""
    return PUBLIC if getattr(view, "is_public", False) else getattr(view, "entry", None)


def permission_required(*permissions: Permission | None) -> Callable[[View[P]], View[P]]:
    """Sends the unknown to sign in, refuses the rest with NotAllowed, and puts `request.grant`.

    Any one of several permissions is enough; without one it asks only that somebody is signed in.
    """
    wanted = frozenset(one for one in permissions if one is not None)
    entry = Entry(permissions=wanted)

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(request: Any, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            request.grant = grant_in(request)
            if not entry.lets_in(request.grant):
                request.grant.require(min(wanted))
            return view(request, *args, **kwargs)

        guarded.entry = entry  # type: ignore[attr-defined]
        return guarded

    return decorate


def grant_in(request: Any) -> Grant:
    """As the middleware settled it; a view called by itself settles its own."""
    known = getattr(request, "grant", None)
    return known if known is not None and known.staff_id == request.user.pk else grant_for(request.user)


signed_in = permission_required()
