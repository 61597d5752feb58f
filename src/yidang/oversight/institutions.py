"""What an institution is called: as claims name it, else as it was registered for its clerk."""

from yidang.claims.models import Provider
from yidang.identity.models import Department


def name_of(code: str) -> str:
    """Blank where nobody told."""
    found = Provider.objects.filter(pk=code).first()
    if found and found.name:
        return found.name
    registered = Department.objects.filter(pk=code, kind=Department.Kind.INSTITUTION).first()
    return registered.name_zh if registered else ""


def called(code: str) -> str:
    """For letters: the name, or the code where there is none."""
    return name_of(code) or code
