"""Which views stand open to everybody: said on the view itself, so that forgetting to say anything is found."""

from collections.abc import Callable
from typing import Any, TypeVar

F = TypeVar("F", bound=Callable[..., Any])


def public(view: F) -> F:
    """Open without signing in; what it shows is no record's."""
    view.is_public = True  # type: ignore[attr-defined]
    return view
