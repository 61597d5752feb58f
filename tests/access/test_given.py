"""A task given to a person opens the record it is about, in clear, says so in the ledger, and ends with the task."""

from datetime import timedelta

import pytest
from django.db.models import Value

from people import employ
from yidang.access import giving
from yidang.access.page_images import page_image
from yidang.access.page_text import lit_page
from yidang.holdings.emergency import break_glass
from yidang.holdings.explaining import explain
from yidang.holdings.models import Item
from yidang.holdings.queries import get_item, visible_items
from yidang.holdings.showing import open_item, unmask
from yidang.identity import given
from yidang.identity.policy import SYSTEM, grant_for
from yidang.identity.reach import acting
from yidang.identity.reaches import LOAN
from yidang.kernel.clock import now, today
from yidang.kernel.errors import Invalid, NotFound
from yidang.ledger.queries import history
from yidang.workflow.models import Task
from yidang.workflow.operations import close_task, open_task

from .pictures import scan
from .records import archive, ask, draft
from .visitors import visiting

pytestmark = pytest.mark.django_db
ID_NUMBER, WORDS = "11010519491231002X", "姓名：张三丰\n电话：13812345678"


@pytest.fixture
def items(scheme):
    return archive(
        draft(
            WORDS,
            WORDS,
            title="张三丰登记表",
            data=scan(),
            series="CBGR",
            person_name="张三丰",
            id_number=ID_NUMBER,
            security_class="敏感",
        ),
        draft(WORDS, title="本股室材料", data=scan(), series="DYJS", person_name="张三丰", id_number=ID_NUMBER),
    )


@pytest.fixture
def clerk(scheme):
    return employ("daiyu", "reader", "dyg")


def give(clerk, item, **more):
    return open_task(
        grant=SYSTEM, kind="check", subject_url=f"/items/{item.pk}/", subject=item.pk, assignee=clerk.pk, **more
    )


def seen(staff) -> set[str]:
    grant = grant_for(staff)
    filtered = {item.pk for item in visible_items(grant)}
    with acting(grant):
        assert {item.pk for item in Item.objects.all()} == filtered
    return filtered


def told(action, item) -> list[dict]:
    return [dict(one.facts) for one in history(item.pk) if one.action == action]


def test_the_task_opens_a_foreign_sensitive_record_and_closing_it_takes_it_away_at_once(clerk, items):
    foreign, own = items
    assert seen(clerk) == {own.pk}
    task = give(clerk, foreign)
    assert seen(clerk) == {own.pk, foreign.pk}
    assert {hit.item.pk for hit in ask("登记表", grant_for(clerk)).hits} == {foreign.pk}
    close_task(grant=SYSTEM, task_id=task.pk)
    assert seen(clerk) == {own.pk}
    with pytest.raises(NotFound):
        open_item(grant_for(clerk), foreign.pk)


def test_what_was_given_is_in_clear_with_one_row_that_says_for_what(clerk, items):
    foreign, own = items
    give(clerk, foreign)
    opened = open_item(grant_for(clerk), foreign.pk)
    assert opened.title == "张三丰登记表"
    assert not any(one.is_masked for one in opened.fields)
    assert told("item.viewed", foreign) == [{"version": 1, "in_clear": True, "purpose": "task"}]
    assert "张**" in [one.text for one in open_item(grant_for(clerk), own.pk).fields]
    assert told("item.viewed", own) == [{"version": 1}]


def test_a_task_about_one_page_shows_that_page_and_leaves_the_rest_covered(clerk, items):
    foreign, _ = items
    give(clerk, foreign, page=2)
    grant = grant_for(clerk)
    assert "张三丰" not in open_item(grant, foreign.pk).title
    item = get_item(grant, foreign.pk)
    texts = [lit_page(grant, item, number)[0].parts[0].text for number in (1, 2)]
    assert texts == ["姓名：张**", "姓名：张三丰"]
    covered = page_image(grant, item, 1, 400).jpeg()
    give(clerk, foreign, page=1)
    assert page_image(grant_for(clerk), item, 1, 400).jpeg() != covered
    assert [row.get("in_clear", False) for row in told("page.read", foreign)] == [False, True]
    assert [row["purpose"] for row in told("page.viewed", foreign)] == ["task", "task"]


@pytest.mark.parametrize("role", ["system_admin", "security_admin", "audit_admin"])
def test_who_reads_no_record_is_given_none(items, role):
    staff = employ("andere", role)
    give(staff, items[0])
    assert seen(staff) == set()


def test_a_loan_opens_until_its_end_through_the_same_door(clerk, items, monkeypatch):
    foreign, own = items
    lent = Item.objects.filter(pk=foreign.pk)

    def lend_until(moment):
        rows = given.records(lent.annotate(end=Value(moment)), item="pk", purpose=LOAN, until="end")
        monkeypatch.setattr(given, "_SOURCES", {LOAN: lambda _staff, _moment: rows})

    lend_until(now() + timedelta(hours=1))
    assert seen(clerk) == {own.pk, foreign.pk}
    open_item(grant_for(clerk), foreign.pk)
    assert told("item.viewed", foreign)[0]["purpose"] == "loan"
    lend_until(now() - timedelta(seconds=1))
    assert seen(clerk) == {own.pk}


def test_an_emergency_is_named_only_where_the_post_would_not_open_the_record(clerk, items):
    foreign, own = items
    break_glass(grant=grant_for(clerk), id_number=ID_NUMBER, reason="急诊病人需核对")
    for item in items:
        open_item(grant_for(clerk), item.pk)
    unmask(grant=grant_for(clerk), item_id=foreign.pk, key="person_name", reason="核对")
    assert [told("item.viewed", item)[0].get("purpose") for item in (foreign, own)] == ["emergency", None]
    assert told("person_name.unmasked", foreign)[0]["purpose"] == "emergency"


def test_who_saw_it_and_why_it_was_open_say_the_purpose(clerk, items):
    foreign, _ = items
    give(clerk, foreign)
    open_item(grant_for(clerk), foreign.pk)
    page = visiting(employ("dangan", "archivist")).get(f"/items/{foreign.pk}/seen/").content.decode()
    assert "for a task" in page or "为办理任务" in page
    head = grant_for(employ("zhuren", "manager"))
    found = explain(grant=head, username="daiyu", code=foreign.reference_code)
    assert found.can_see
    assert ("task", True) in {(step.code, step.holds) for step in found.steps}


def wish(clerk, **more):
    return {"to": str(clerk.pk), "until": (today() + timedelta(days=3)).isoformat(), **more}


def test_an_archivist_gives_a_record_and_the_work_ends_it(items, clerk):
    archivist, colleague = visiting(employ("dangan", "archivist")), visiting(clerk)
    foreign = items[0]
    assert colleague.get(f"/items/{foreign.pk}/").status_code == 404
    assert archivist.get(f"/items/{foreign.pk}/give/").status_code == 200
    assert archivist.post(f"/items/{foreign.pk}/give/", wish(clerk, page="2")).status_code == 302
    told = Task.objects.get(kind=giving.KIND)
    assert colleague.get("/tasks/").content.decode().count(f"/items/{foreign.pk}/#p2") == 1
    assert "已交您明文查看" in colleague.get(f"/items/{foreign.pk}/").content.decode()
    assert colleague.post(f"/given/{told.pk}/end/").status_code == 302
    assert colleague.get(f"/items/{foreign.pk}/").status_code == 404


@pytest.mark.parametrize(
    "wrong", [{"to": ""}, {"until": ""}, {"until": "2020-01-01"}, {"until": "2999-01-01"}, {"page": "9"}, {"page": "x"}]
)
def test_a_gift_that_makes_no_sense_is_told_so(items, clerk, wrong):
    archivist = visiting(employ("dangan", "archivist"))
    refused = archivist.post(f"/items/{items[0].pk}/give/", wish(clerk) | wrong)
    assert refused.status_code == 422
    assert not Task.objects.filter(kind=giving.KIND).exists()


def test_who_may_not_give_neither_gives_nor_ends_what_is_anothers(items, clerk):
    other = visiting(employ("other", "reader", "dyg"))
    assert other.post(f"/items/{items[1].pk}/give/", wish(clerk)).status_code == 403
    task = giving.give(SYSTEM, item_id=items[0].pk, to=clerk.pk, until=today())
    assert other.post(f"/given/{task.pk}/end/").status_code == 404
    with pytest.raises(Invalid):
        giving.give(SYSTEM, item_id=items[0].pk, to=employ("it", "system_admin").pk, until=today())
    archivist = visiting(employ("dangan", "archivist"))
    assert "撤回" in archivist.get(f"/items/{items[0].pk}/").content.decode()
    assert archivist.post(f"/given/{task.pk}/end/").status_code == 302
    assert visiting(clerk).get(f"/items/{items[0].pk}/").status_code == 404


def test_every_source_is_asked_as_if_it_were_put_into_words_anew(clerk):
    """The question is made once for an invented person and moment: replaced, it is each source's own."""
    moment = given.Moment(now(), today())
    sources = tuple(given._SOURCES.values())
    assert len(sources) >= 6
    for source in sources:
        sql, asked = given._question((source,))
        assert (sql, tuple(given._meant(value, clerk.pk, moment) for value in asked)) == anew(source(clerk.pk, moment))


def anew(rows):
    sql, asked = rows.union(all=True).query.sql_with_params()
    return sql, tuple(asked)
