"""What an institution is called: as claims name it, else as it was registered for its clerk."""

from collections.abc import Iterable

from yidang.claims.naming import names_of_providers
from yidang.identity.models import Department


def name_of(code: str) -> str:
    """Blank where nobody told."""
    return names_of([code]).get(code, "")


def names_of(codes: Iterable[str]) -> dict[str, str]:
    """Of those that somebody told."""
    wanted = set(codes)
    registered = Department.objects.filter(pk__in=wanted, kind=Department.Kind.INSTITUTION)
    return dict(registered.values_list("pk", "name_zh")) | names_of_providers(wanted)


def called(code: str) -> str:
    """For letters: the name, or the code where there is none."""
    return name_of(code) or code
