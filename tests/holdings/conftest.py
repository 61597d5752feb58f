"""A scheme, and one filed item on demand."""

from collections.abc import Callable

import pytest

from yidang.holdings import operations
from yidang.holdings.models import Item
from yidang.holdings.scheme import load_scheme
from yidang.identity.policy import SYSTEM

from .records import draft


@pytest.fixture
def scheme(db):
    load_scheme()


@pytest.fixture
def file_one(scheme) -> Callable[..., Item]:
    """Files one invented item and returns it."""

    def make(*args, **more) -> Item:
        (item,) = operations.create_drafts(SYSTEM, [draft(*args, **more)])
        (filed,) = operations.file_items(SYSTEM, [item.pk])
        return filed

    return make
