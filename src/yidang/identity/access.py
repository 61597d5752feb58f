"""The gate before a view."""

from collections.abc import Callable
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


def permission_required(permission: Permission | None = None) -> Callable[[View[P]], View[P]]:
    """Sends the unknown to sign in, refuses the rest with NotAllowed, and puts `request.grant`.

    Without a permission it asks only that somebody is signed in.
    """

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(request: Any, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            request.grant = grant_for(request.user)
            if permission is not None:
                request.grant.require(permission)
            return view(request, *args, **kwargs)

        return guarded

    return decorate


signed_in = permission_required()
