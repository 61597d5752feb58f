"""What an institution is called: as claims name it, else as it was registered for its clerk."""

from collections.abc import Iterable

from yidang.claims.models import Provider
from yidang.identity.models import Department


def name_of(code: str) -> str:
    """Blank where nobody told."""
    return names_of([code]).get(code, "")


def names_of(codes: Iterable[str]) -> dict[str, str]:
    """Of those that somebody told."""
    wanted = set(codes)
    registered = Department.objects.filter(pk__in=wanted, kind=Department.Kind.INSTITUTION)
    told = dict(registered.values_list("pk", "name_zh"))
    told |= dict(Provider.objects.filter(pk__in=wanted).exclude(name="").values_list("pk", "name"))
    return told


def called(code: str) -> str:
    """For letters: the name, or the code where there is none."""
    return name_of(code) or code
