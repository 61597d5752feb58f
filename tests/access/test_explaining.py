"""“Why can X see Y?” says the same as the filter does, and the policy page says what the code does."""

import pytest
from django.test import Client

from people import employ
from yidang.holdings.emergency import break_glass
from yidang.holdings.explaining import explain
from yidang.holdings.queries import visible_items
from yidang.identity.policy import PERMISSIONS, grant_for
from yidang.kernel.errors import NotAllowed, NotFound
from yidang.ledger.models import LedgerEntry

from .records import archive, draft
from .visitors import visiting

pytestmark = pytest.mark.django_db
PERSON = "11010519491231002X"


@pytest.fixture
def staff(scheme):
    return {
        "xinnei": employ("xinnei", "doctor", "k-xxg"),
        "guke": employ("guke", "doctor", "k-gk"),
        "daiyu": employ("daiyu", "reader", "dyg"),
        "dangan": employ("dangan", "archivist"),
        "anquan": employ("anquan", "security_admin"),
        "shenji": employ("shenji", "audit_admin"),
        "empty": employ("empty"),
    }


@pytest.fixture
def item(scheme):
    (one,) = archive(
        draft("正文", title="解释材料", series="DYJS", department="心内科", id_number=PERSON, security_class="敏感")
    )
    return one


def why(staff, item, username):
    return explain(grant=grant_for(staff["anquan"]), username=username, code=item.reference_code)


def test_the_answer_is_the_filters(staff, item):
    answers = {name: why(staff, item, name).can_see for name in staff}
    assert answers == {name: visible_items(grant_for(one)).filter(pk=item.pk).exists() for name, one in staff.items()}
    assert answers == dict.fromkeys(staff, False) | {"xinnei": True, "dangan": True}


def test_a_no_says_what_would_be_needed(staff, item):
    assert set(why(staff, item, "guke").needed) == {"department:dyg", "department:k-xxg", "emergency"}
    assert "post_on_records" in why(staff, item, "empty").needed
    assert why(staff, item, "xinnei").needed == []


def test_an_emergency_is_named_as_the_reason(staff, item):
    break_glass(grant=grant_for(staff["guke"]), id_number=PERSON, reason="急诊昏迷需核对用药")
    found = why(staff, item, "guke")
    assert found.can_see
    assert [step.code for step in found.steps if step.holds] == ["account", "post", "reads", "emergency"]


def test_only_security_and_the_head_ask_and_the_ledger_notes_it(staff, item):
    why(staff, item, "guke")
    assert LedgerEntry.objects.filter(action="policy.explained", subject=item.pk).count() == 1
    with pytest.raises(NotAllowed):
        explain(grant=grant_for(staff["dangan"]), username="guke", code=item.reference_code)
    with pytest.raises(NotFound):
        why(staff, item, "nobody")


def page(client: Client, path: str, **posted) -> str:
    answer = client.post(path, posted) if posted else client.get(path)
    assert answer.status_code == 200, answer.content.decode()
    return answer.content.decode()


def test_the_pages_show_the_rule_and_nothing_of_the_record(staff, item):
    client = visiting(staff["anquan"])
    shown = page(client, "/policy/why/", username="guke", code=item.reference_code)
    assert "心血管内科" in shown or "Cardiology" in shown
    assert "解释材料" not in shown
    assert PERSON not in shown
    policy = page(client, "/policy/")
    for permissions in PERMISSIONS.values():
        assert all(str(one) in policy for one in permissions)
    assert "/items/&lt;uuid:item_id&gt;/" in policy


def test_officers_see_who_looked_when_and_why(staff, item):
    reader, audit = visiting(staff["xinnei"]), visiting(staff["shenji"])
    reader.get(f"/items/{item.pk}/")
    reader.post(f"/items/{item.pk}/reveal/id_number/", {"reason": "核对用药人"})
    shown = page(audit, f"/items/{item.pk}/seen/")
    assert item.reference_code in shown
    assert "核对用药人" in shown
    assert staff["xinnei"].display_name in shown
    assert "解释材料" not in shown
    assert reader.get(f"/items/{item.pk}/seen/").status_code == 403
