"""What a person asked for, read from the search box and the filters."""

from yidang.access.query.model import Query, Term
from yidang.access.query.parse import parse
from yidang.access.query.sealing import open_words, seal_words

__all__ = ["Query", "Term", "open_words", "parse", "seal_words"]
