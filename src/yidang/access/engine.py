"""The process's search index and its token maker, opened when first asked for.

Words stand in an index under one version of the family `search`. A new version gets an index of its own, built beside
the one that answers; from the moment it is whole it answers, and the former one is thrown away.
"""

from functools import cache
from pathlib import Path

from django.conf import settings

from yidang.access.adapters.tantivy_index import TantivyIndex
from yidang.access.words.tokens import Tokens
from yidang.crypto.keys import vault, vault_of

_PURPOSE = "search/grams"


def search_index() -> TantivyIndex:
    return index_of(answering())


def tokens() -> Tokens:
    return tokens_of(answering())


def answering() -> int:
    """The newest version whose index is whole."""
    newest, *former = vault().versions(_PURPOSE)
    if not former:
        return newest
    return next((one for one in (newest, *former) if index_of(one).watermark() is not None), former[-1])


def index_of(version: int) -> TantivyIndex:
    return _index_in(settings.YIDANG.home / "index", version)


def tokens_of(version: int) -> Tokens:
    return _tokens_of(settings.YIDANG.home, version)


@cache
def _index_in(folder: Path, version: int) -> TantivyIndex:
    return TantivyIndex(folder, keys=version)


@cache
def _tokens_of(home: Path, version: int) -> Tokens:
    return Tokens(vault_of(home).keyed(_PURPOSE, version))
