"""Who proves at this moment to be who signed in; identity decides what a second factor is and how it is asked for."""

from django.contrib.auth.views import redirect_to_login
from django.http.response import HttpResponseBase
from django.urls import reverse

from yidang.identity.factors import is_fresh

__all__ = ["is_fresh", "renew"]


def renew(back: str) -> HttpResponseBase:
    """Sends the person to prove it, and then to `back`."""
    return redirect_to_login(back, reverse("identity:again"))
