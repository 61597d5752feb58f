from uuid import UUID

from django.http import HttpRequest

from yidang.kernel.errors import Invalid


def chosen_person(request: HttpRequest, name: str) -> UUID:
    """Raises Invalid: `case_owner_wrong`."""
    try:
        return UUID(request.POST.get(name, ""))
    except ValueError:
        raise Invalid("case_owner_wrong") from None
