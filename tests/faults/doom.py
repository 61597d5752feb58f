"""Run inside the archive: every due record appraised, listed, allowed, witnessed and its destruction begun."""

from disposition.conftest import Bureau
from people import employ
from yidang.disposition.executing import begin
from yidang.identity.models import Staff

JOBS = {
    "head": ("manager", None),
    "archivist": ("archivist", None),
    "authority": ("archivist", None),
    "clerk": ("reader", "dyg"),
    "second": ("reader", "cbg"),
}


def doom() -> str:
    """The number of the list."""
    known = {staff.username: staff for staff in Staff.objects.filter(username__in=JOBS)}
    staff = {name: known.get(name) or employ(name, role, section) for name, (role, section) in JOBS.items()}
    bureau = Bureau(staff)
    return begin(bureau.archivist, list_id=bureau.witnessed().id, second_factor_fresh=True).name
