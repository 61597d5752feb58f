"""The process's search index and its token maker, opened when first asked for."""

from functools import cache
from pathlib import Path

from django.conf import settings

from yidang.access.adapters.tantivy_index import TantivyIndex
from yidang.access.words.tokens import Tokens
from yidang.crypto.keys import vault_of


def search_index() -> TantivyIndex:
    return _index_in(settings.YIDANG.home / "index")


@cache
def _index_in(folder: Path) -> TantivyIndex:
    return TantivyIndex(folder)


def tokens() -> Tokens:
    return _tokens_of(settings.YIDANG.home)


@cache
def _tokens_of(home: Path) -> Tokens:
    return Tokens(vault_of(home).keyed("search/grams"))
