"""Who proves at this moment to be who signed in: wired by `site`, because identity decides what a second factor is."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from yidang.kernel.errors import NotAllowed
from yidang.workflow.ports import SecondFactor


class _Unwired:
    """Without anybody to ask, nobody is fresh."""

    def is_fresh(self, request: HttpRequest) -> bool:  # noqa: ARG002 - the port's signature
        return False

    def renew(self, request: HttpRequest, back: str) -> HttpResponseBase:  # noqa: ARG002 - see above
        raise NotAllowed("second_factor_needed")


_wired: list[SecondFactor] = [_Unwired()]


def use(factor: SecondFactor) -> None:
    _wired[0] = factor


def second_factor() -> SecondFactor:
    return _wired[0]
