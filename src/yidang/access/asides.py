"""What rooms above add to a record's own page, each a panel of its own; `access` knows none of them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from yidang.holdings.models import Item
from yidang.identity.policy import Grant

# What the template needs, or None where there is nothing to show to this person.
Provide = Callable[[Grant, Item], Mapping[str, Any] | None]
_ASIDES: dict[str, tuple[str, Provide]] = {}


@dataclass(frozen=True, slots=True)
class Aside:
    template: str
    content: Mapping[str, Any]


def add_aside(code: str, template: str, provide: Provide) -> None:
    """From `AppConfig.ready`; the template gets what `provide` gave as `aside`."""
    _ASIDES[code] = (template, provide)


def asides(grant: Grant, item: Item) -> Sequence[Aside]:
    found = ((template, provide(grant, item)) for template, provide in _ASIDES.values())
    return [Aside(template, content) for template, content in found if content is not None]
