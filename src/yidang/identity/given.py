"""Single records put into a person's hands by other rooms: a task, a loan. Each room registers what it gives."""

from collections.abc import Callable, Iterable
from uuid import UUID

from yidang.identity.reaches import Reach
from yidang.kernel.clock import now

# What one room gives a member of staff at this moment: reaches of single items, with their purpose.
Source = Callable[[UUID], Iterable[Reach]]
_SOURCES: dict[str, Source] = {}


def register(purpose: str, source: Source) -> None:
    """From `AppConfig.ready`. `source(staff_id)` is asked at every request, so what it no longer names is closed."""
    _SOURCES[purpose] = source


def given_reaches(staff_id: UUID) -> tuple[Reach, ...]:
    moment = now()
    return tuple(reach for source in _SOURCES.values() for reach in source(staff_id) if reach.is_open(moment))
