"""What nobody types by hand is refused like any other wrong input, and is no fault of the house."""

import pytest
from django.test import RequestFactory

from yidang.holdings import operations, proving, queries
from yidang.holdings.views import _number_in
from yidang.identity.policy import SYSTEM
from yidang.kernel.errors import Conflict, Invalid, NotFound

from .grants import ARCHIVIST
from .records import describing, draft

pytestmark = pytest.mark.django_db


@pytest.mark.usefixtures("scheme")
def test_a_code_with_a_null_in_it_names_nothing():
    with pytest.raises(NotFound, match="item_not_found"):
        queries.get_item(ARCHIVIST, "J001\0")


@pytest.mark.parametrize("given", ["", "-1", "1.5", "9" * 30, "9" * 5000])
def test_a_number_that_is_none_or_too_long_is_malformed(given):
    request = RequestFactory().post("/", {"version": given})
    with pytest.raises(Invalid, match="number_malformed"):
        _number_in(request, "version")


@pytest.mark.usefixtures("scheme")
def test_a_draft_has_no_proof_yet():
    (waiting,) = operations.create_drafts(SYSTEM, [draft(describing("草稿"))])
    with pytest.raises(Conflict, match="item_not_filed"):
        proving.proof_file(ARCHIVIST, waiting.pk)
