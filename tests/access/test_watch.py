"""The audit administrator's log, and doubts from what really stands in it."""

import json
import re
from datetime import timedelta

import pytest
from django.db import transaction
from django.template.loader import render_to_string

from yidang.access.models import UseDay, UseDoubt
from yidang.access.watch import deciding, log
from yidang.access.watch.forms import as_json_lines, as_syslog
from yidang.access.watch.looking import look_back
from yidang.holdings.showing import open_item
from yidang.identity.models import Staff
from yidang.identity.policy import PERMISSIONS, Grant
from yidang.kernel import clock
from yidang.kernel.clock import CHINA
from yidang.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from yidang.ledger.models import LedgerEntry
from yidang.ledger.operations import append

from .records import archive, draft

pytestmark = pytest.mark.usefixtures("scheme")


def staff(username, name="漆某"):
    return Staff.objects.create(username=username, display_name=name, duty="records")


def acting_for(person):
    return Grant(person.pk, person.username, "archivist", PERMISSIONS["archivist"], None)


@pytest.fixture
def auditor(db):
    person = Staff.objects.create(username="auditor", display_name="审计", duty="audit")
    return Grant(person.pk, "auditor", "audit_admin", PERMISSIONS["audit_admin"], frozenset())


def kin_opened_by(person):
    items = archive(*(draft("材料", title=f"材料{n}", person_name=f"漆{given}") for n, given in enumerate("甲乙丙丁")))
    for item in items:
        open_item(acting_for(person), item.pk)
    return items


def test_who_opens_the_records_of_a_family_is_doubted_once_and_a_person_decides(auditor):
    kin_opened_by(staff("qi"))
    assert look_back() == 1
    assert look_back() == 0
    (doubt,) = deciding.doubts_of(auditor, decided=False)
    assert (doubt.rule, doubt.facts["count"], len(doubt.evidence)) == ("own_family_name", 4, 4)
    assert UseDay.objects.get().records == 4
    deciding.decide(grant=auditor, doubt_id=doubt.pk, verdict="explained", note="亲属回避已报备")
    (doubt,) = deciding.doubts_of(auditor, decided=True)
    assert deciding.note_of(doubt) == "亲属回避已报备"
    assert look_back() == 0
    assert UseDoubt.objects.get().state == "explained"
    with pytest.raises(Conflict):
        deciding.decide(grant=auditor, doubt_id=doubt.pk, verdict="confirmed", note="改判")


def test_a_decision_needs_a_ground_another_person_and_the_post(auditor):
    person = staff("qi")
    kin_opened_by(person)
    look_back()
    doubt = UseDoubt.objects.get()
    with pytest.raises(Invalid):
        deciding.decide(grant=auditor, doubt_id=doubt.pk, verdict="explained", note=" ")
    with pytest.raises(NotAllowed):
        deciding.decide(grant=acting_for(person), doubt_id=doubt.pk, verdict="explained", note="无妨")
    himself = Grant(person.pk, "qi", "audit_admin", PERMISSIONS["audit_admin"], frozenset())
    with pytest.raises(NotAllowed):
        deciding.decide(grant=himself, doubt_id=doubt.pk, verdict="explained", note="无妨")


def test_no_name_stands_in_doubts_or_the_ledger(auditor):
    kin_opened_by(staff("qi", name="漆雕某"))
    look_back()
    written = "".join(bytes(entry).decode() for entry in LedgerEntry.objects.values_list("entry", flat=True))
    assert "漆" not in written + json.dumps(list(UseDoubt.objects.values_list("facts", flat=True)), ensure_ascii=False)


def test_the_log_is_narrowed_by_person_action_day_and_record(auditor):
    person = staff("qi")
    (item, *_) = kin_opened_by(person)
    everything = log.sheet(auditor, log.asked({}))
    assert len(everything.lines) > 4
    by_person = log.sheet(auditor, log.asked({"actor": str(person.pk)}))
    assert {(line.event.action, line.who) for line in by_person.lines} == {("item.viewed", "漆某")}
    by_record = log.sheet(auditor, log.asked({"subject": item.reference_code.lower()}))
    assert {line.reference_code for line in by_record.lines} == {item.reference_code}
    assert {line.event.action for line in by_record.lines} >= {"item.viewed", "item.filed"}
    assert log.sheet(auditor, log.asked({"subject": "J009-ZY·X·2026·Y-000001"})).lines == []
    yesterday = (clock.now().astimezone(CHINA) - timedelta(days=1)).date().isoformat()
    assert log.sheet(auditor, log.asked({"since": yesterday, "until": yesterday})).lines == []


@pytest.mark.parametrize(
    "given", [{"since": "2026-13-01"}, {"since": "2026-02-02", "until": "2026-02-01"}, {"until": "x"}]
)
def test_dates_that_are_none_are_refused(given):
    with pytest.raises(Invalid):
        log.asked(given)


def test_any_fact_can_be_shown(auditor):
    with transaction.atomic():
        append(action="list.drawn", actor="system:test", facts={"items": 4, "keys": 1, "values": 2})
    (line,) = log.sheet(auditor, log.asked({"action": "list.drawn"})).lines
    shown = render_to_string("access/audit.html", {"sheet": log.Sheet([line], None), "default": log.usual_days()})
    assert '<dt class="code">items</dt>' in shown


def test_pages_follow_one_another_without_gap_or_repetition(auditor, monkeypatch):
    monkeypatch.setattr(log, "PAGE", 3)
    with transaction.atomic():
        for _ in range(8):
            append(action="search.performed", actor="system:test")
    seen, wanted = [], {"action": "search.performed"}
    while True:
        sheet = log.sheet(auditor, log.asked(wanted))
        seen += [line.event.id for line in sheet.lines]
        if sheet.following is None:
            break
        wanted["before"] = str(sheet.following)
    assert seen == sorted(seen, reverse=True)
    assert len(set(seen)) == 8


def test_only_the_audit_administrator_reads_it_and_reading_is_kept(auditor):
    with pytest.raises(NotAllowed):
        log.sheet(acting_for(staff("qi")), log.asked({}))
    log.sheet(auditor, log.asked({}))
    list(log.whole(auditor, log.asked({}), "jsonl"))
    actions = list(LedgerEntry.objects.filter(actor=str(auditor.staff_id)).values_list("action", flat=True))
    assert sorted(actions) == ["audit.exported", "audit.viewed"]


def test_files_hold_every_line_in_their_form(auditor):
    kin_opened_by(staff("a|b=c\\d"))
    lines = list(log.whole(auditor, log.asked({}), "jsonl"))
    told = [json.loads(line) for line in as_json_lines(lines)]
    assert [one["id"] for one in told] == [str(line.event.id) for line in lines]
    for text in as_syslog(lines):
        assert text.count("\n") == 1
        head, extension = re.fullmatch(
            r"<1\d\d>1 \S+ yidang ledger - (\S+) - CEF:0\|Yidang\|Yidang\|[^|]+\|\S+\|\1\|[36]\|(.*)\n", text
        ).groups()
        assert "externalId=" in extension
        assert head in {line.event.action for line in lines}


def test_an_unknown_doubt_is_not_found(auditor):
    with pytest.raises(NotFound):
        deciding.decide(grant=auditor, doubt_id=auditor.staff_id, verdict="explained", note="x")
