"""What commands that touch the archive have in common."""

import os
from typing import Any


def settle_django() -> None:
    """Reads the settings (and refuses unknown ones) before anything else happens."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yidang.site.settings")
    import django

    django.setup()


def command_grant() -> Any:
    """Whoever may run commands on the server may do everything; the ledger says `system:cli`."""
    from yidang.identity.policy import system_grant

    return system_grant("cli")


def grant_of(username: str | None) -> Any:
    """The grant of the named member of staff, or the command line's own.

    Raises:
        NotFound: `staff_not_found`.
    """
    if username is None:
        return command_grant()
    from yidang.identity.models import Staff
    from yidang.identity.policy import grant_for
    from yidang.kernel.errors import NotFound

    staff = Staff.objects.filter(username=username).first()
    if staff is None:
        raise NotFound("staff_not_found", username=username)
    return grant_for(staff)
