"""What is planted: one function per scheme, each with the look-alikes that are in order.

A scheme is registered with the numbers of the catalogue of rules it belongs to, for the reader; the rules themselves
are never consulted. A function writes one planted case or, asked for it, one look-alike.
"""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from yidang.claims.generator.book import Book

Write = Callable[[Book], None]
_ROOMS = ("limits", "amounts", "charges", "stays", "groups", "medicines", "boxes", "lists", "conduct")


@dataclass(frozen=True)
class Scheme:
    """`once` is planted a single time, in the first cohort, whatever the number of lines."""

    name: str
    rules: tuple[int, ...]
    planted: Write
    alike: tuple[Write, ...]
    once: bool = False


SCHEMES: dict[str, Scheme] = {}


def scheme(name: str, *rules: int, alike: tuple[Write, ...] = (), once: bool = False) -> Callable[[Write], Write]:
    def register(planted: Write) -> Write:
        SCHEMES[name] = Scheme(name, rules, planted, alike, once)
        return planted

    return register


def all_schemes() -> list[Scheme]:
    for room in _ROOMS:
        import_module(f"{__name__}.{room}")
    return [SCHEMES[name] for name in sorted(SCHEMES)]
