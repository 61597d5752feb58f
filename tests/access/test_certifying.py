"""A statement about a record: for those who may, about what holds, and no more than it is for."""

import pytest

from yidang.access import certifying
from yidang.holdings import operations
from yidang.holdings.models import ItemFile
from yidang.identity.policy import SYSTEM
from yidang.kernel.errors import Conflict, NotAllowed, NotFound
from yidang.ledger import queries as ledger
from yidang.ledger.operations import sequence
from yidang.ledger.statements import digits
from yidang.ledger.statements.checking import Outcome, check

from .pictures import scan
from .records import ARCHIVIST, archive, describing, draft, page_of, reader

pytestmark = pytest.mark.usefixtures("scheme")


@pytest.fixture(name="item")
def _item():
    (item,) = archive(draft("高血压", title="王小明登记表", person_name="王小明", data=scan()))
    sequence()
    return item


def test_it_says_of_the_head_version_that_nothing_changed(item):
    changed = describing("王小明参保登记表", person_name="王小明")
    operations.save_description(SYSTEM, item_id=item.pk, description=changed, reason="改题名")
    made = certifying.state_no_change(ARCHIVIST, item.pk)
    sequence()
    verdict = check(digits.pack(made.data))
    assert verdict.outcome is Outcome.VALID
    assert verdict.claims.values[:2] == (item.reference_code, 2)
    assert [event.action for event in ledger.history(item.pk)][-2:] == ["item.verified", "statement.issued"]


def test_it_names_nobody(item):
    made = certifying.state_no_change(ARCHIVIST, item.pk)
    assert "王小明".encode() not in made.data


def test_of_a_damaged_record_nothing_is_stated(item):
    ItemFile.objects.filter(item=item).update(size=1)
    with pytest.raises(Conflict, match="statement_item_changed"):
        certifying.state_no_change(ARCHIVIST, item.pk)
    assert "statement.issued" not in {event.action for event in ledger.history(item.pk)}


def test_only_who_may_verify_and_see_the_record(item):
    with pytest.raises(NotAllowed):
        certifying.state_no_change(reader("CB"), item.pk)
    draft_item = page_of(draft("草稿", data=scan()))
    with pytest.raises(Conflict, match="item_not_filed"):
        certifying.state_no_change(ARCHIVIST, draft_item.pk)


def test_what_was_taken_back_is_not_handed_out_again(item):
    made = certifying.state_no_change(ARCHIVIST, item.pk)
    sequence()
    assert certifying.hand_out(ARCHIVIST, made.number, "zh").startswith(b"%PDF")
    certifying.take_back(ARCHIVIST, made.number, reason="error", remark="给错人")
    with pytest.raises(Conflict, match="statement_revoked_already"):
        certifying.hand_out(ARCHIVIST, made.number, "zh")
    assert check(digits.pack(made.data)).outcome is Outcome.REVOKED


def test_every_look_is_in_the_ledger(item):
    made = certifying.state_no_change(ARCHIVIST, item.pk)
    certifying.show_statement(ARCHIVIST, made.number)
    assert ledger.history(item.pk)[-1].action == "statement.viewed"
    with pytest.raises(NotFound):
        certifying.show_statement(ARCHIVIST, "20260101-00000000")


def test_the_list_names_the_record(item):
    certifying.state_no_change(ARCHIVIST, item.pk)
    rows = list(certifying.visible_statements(ARCHIVIST))
    assert certifying.codes_of(ARCHIVIST, rows) == {item.pk: item.reference_code}
