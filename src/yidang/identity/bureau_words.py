"""Words that everybody here would think of first: the house's own, not taken as most of a password.

The list of the package, the bureau's name, and `password-words.txt` in the data folder: one to a line, read anew when
it changes. Whole passwords known from elsewhere may stand there too.
"""

from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

NAME = "password-words.txt"
_LEAST_BESIDE = 6  # characters that must be left when these words are taken away
_SHORTEST = 3  # a shorter word stands in everything


class BureauWordsValidator:
    """One of Django's password validators."""

    def validate(self, password: str, user: object = None) -> None:  # noqa: ARG002 - as Django asks for it
        if len(without_words(password, words())) < min(_LEAST_BESIDE, len(password)):
            raise ValidationError(self.get_help_text(), code="password_of_the_bureau")

    def get_help_text(self) -> str:
        return _("Not mostly words that everybody here would think of, such as the name of the bureau.")


def without_words(password: str, known: Iterable[str]) -> str:
    """The longest first, so that a word within another takes nothing from it."""
    rest = password.casefold()
    for word in sorted(known, key=len, reverse=True):
        rest = rest.replace(word, "")
    return rest


def words() -> frozenset[str]:
    own = settings.YIDANG.home / NAME
    stamp = own.stat().st_mtime_ns if own.exists() else 0
    return _shipped() | _of(settings.YIDANG.bureau_name) | _read(own, stamp)


@lru_cache(maxsize=1)
def _shipped() -> frozenset[str]:
    return _of((files("yidang.identity") / "data" / "password_words.txt").read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def _read(path: Path, stamp: int) -> frozenset[str]:
    return _of(path.read_text(encoding="utf-8")) if stamp else frozenset()


def _of(text: str) -> frozenset[str]:
    lines = (line.strip().casefold() for line in text.splitlines() if not line.startswith("#"))
    return frozenset(line for line in lines if len(line) >= _SHORTEST)
