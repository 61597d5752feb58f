"""A data set on its way out: weighed, allowed by a second person, fetched once, led back by two."""

import csv
import io
import json
from dataclasses import replace
from zipfile import ZipFile

import pytest

from yidang.access.releases import kinds
from yidang.access.releases.leading_back import led_back_for
from yidang.access.releases.models import Release
from yidang.access.releases.operations import Wish, hand_out, holds, sample, weigh
from yidang.holdings import operations
from yidang.holdings.description import Field
from yidang.holdings.queries import description
from yidang.identity.models import Staff
from yidang.identity.policy import PERMISSIONS, SYSTEM, Grant
from yidang.kernel.errors import Conflict, DomainError, Invalid, NotAllowed
from yidang.kernel.resident_id import check_digit
from yidang.ledger.models import LedgerEntry
from yidang.workflow.operations import approve, ask_approval

from .records import archive, draft

pytestmark = pytest.mark.usefixtures("scheme")

COLUMNS = {"person_name": "pseudonym", "id_number": "digest", "age": "group", "sex": "keep", "icd_code": "widen"}
WISH = Wish("糖尿病费用", "测算门诊慢特病支出", "市医保研究所", "CBGR", 2026, 2026, COLUMNS, k=3, l=2)


def person(username, duty, role):
    made = Staff.objects.create(username=username, display_name=username, duty=duty)
    return Grant(made.pk, username, role, PERMISSIONS[role], None)


@pytest.fixture
def manager(db):
    return person("boss", "records", "manager")


@pytest.fixture
def security(db):
    return person("guard", "security", "security_admin")


def number(n, year=1980):
    first = f"330106{year}0101{2 * n + 1:03d}"
    return first + check_digit(first)


def people(count=6, **changed):
    made = []
    for n in range(count):
        values = {"person_name": f"张某{n}", "id_number": number(n), "icd_code": "E11.9" if n % 2 else "I10"} | changed
        made.append(draft("材料", title=f"材料{n}", note=f"患者：张某{n}，电话13812345678", **values))
    return archive(*made)


def allowed(manager, security, release):
    plan = {"release": str(release.id)}
    asked = ask_approval(grant=manager, kind=kinds.RELEASE, plan=plan, reason="年度测算", subject=release.id)
    approve(grant=security, approval_id=asked.id, second_factor_fresh=True)


def table(content):
    with ZipFile(io.BytesIO(content)) as parcel:
        about = json.loads(parcel.read("about.json"))
        rows = list(csv.DictReader(io.StringIO(parcel.read("data.csv").decode("utf-8-sig"))))
    return about, rows


def test_a_data_set_is_weighed_allowed_by_another_and_fetched_once(manager, security):
    people()
    release = weigh(grant=manager, wish=WISH)
    assert (release.risk["rows"], release.risk["k"], release.risk["l"], holds(release)) == (6, 6, 2, True)
    with pytest.raises(Conflict):
        hand_out(grant=manager, release_id=release.id)
    allowed(manager, security, release)
    about, rows = table(hand_out(grant=manager, release_id=release.id))
    assert about["columns"] == COLUMNS
    assert {(row["age"], row["sex"]) for row in rows} == {("45-49", "男")}
    assert {row["icd_code"] for row in rows} == {"E11", "I10"}
    with pytest.raises(Conflict):
        hand_out(grant=manager, release_id=release.id)
    assert Release.objects.get().sealed_digest_key is None


def test_nothing_in_it_names_anybody(manager, security):
    people()
    release = weigh(grant=manager, wish=replace(WISH, treatments=COLUMNS | {"note": "scrub"}))
    allowed(manager, security, release)
    content = hand_out(grant=manager, release_id=release.id)
    with ZipFile(io.BytesIO(content)) as parcel:
        text = "".join(parcel.read(name).decode("utf-8-sig") for name in parcel.namelist())
    for told in ("张某", number(0), "13812345678"):
        assert told not in text
    assert "患者：〔姓名〕，电话〔电话〕" in text
    written = "".join(bytes(entry).decode() for entry in LedgerEntry.objects.values_list("entry", flat=True))
    assert "糖尿病费用" not in written


def test_who_stands_alone_is_withheld(manager):
    people()
    people(count=1, id_number=number(90, year=1931), person_name="李某")
    release = weigh(grant=manager, wish=WISH)
    assert (release.risk["rows"], release.risk["withheld"]) == (6, 1)


def test_too_risky_a_data_set_cannot_even_be_asked_for(manager):
    people(icd_code="E11.9")
    release = weigh(grant=manager, wish=WISH)
    assert not holds(release)
    with pytest.raises(DomainError) as refusal:
        ask_approval(grant=manager, kind=kinds.RELEASE, plan={"release": str(release.id)}, reason="年度测算")
    assert refusal.value.code == "release_too_risky"


def test_what_leaves_is_what_was_weighed(manager, security):
    (item, *_) = people()
    release = weigh(grant=manager, wish=WISH)
    allowed(manager, security, release)
    changed = description(item).with_fields({"icd_code": Field("C34.9", source="person")})
    operations.save_description(SYSTEM, item_id=item.pk, description=changed, reason="改正")
    with pytest.raises(Conflict) as refusal:
        hand_out(grant=manager, release_id=release.id)
    assert refusal.value.code == "release_changed"


def test_a_pseudonym_is_led_back_by_two_and_shown_to_who_asked(manager, security):
    people()
    release = weigh(grant=manager, wish=WISH)
    pseudonym = sample(manager, release)[0]["person_name"]
    plan = {"release": str(release.id), "pseudonym": pseudonym, "kind": "person_name"}
    asked = ask_approval(grant=manager, kind=kinds.LEAD_BACK, plan=plan, reason="通知召回药品")
    assert led_back_for(manager, release) == []
    with pytest.raises(NotAllowed):
        approve(grant=manager, approval_id=asked.id, second_factor_fresh=True)
    approve(grant=security, approval_id=asked.id, second_factor_fresh=True)
    (told,) = led_back_for(manager, release)
    assert told["value"].startswith("张某")
    assert led_back_for(security, release) == []
    actions = list(LedgerEntry.objects.values_list("action", flat=True))
    assert {"pseudonym.led_back", "pseudonym.viewed"} <= set(actions)


def test_a_made_up_pseudonym_is_not_even_asked_for(manager):
    people()
    release = weigh(grant=manager, wish=WISH)
    plan = {"release": str(release.id), "pseudonym": "PAAAA", "kind": "person_name"}
    with pytest.raises(Invalid):
        ask_approval(grant=manager, kind=kinds.LEAD_BACK, plan=plan, reason="好奇")


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"treatments": {"id_number": "keep"}}, "release_treatment_wrong"),
        ({"treatments": {}}, "release_empty"),
        ({"purpose": " "}, "release_words_missing"),
        ({"k": 1}, "release_measure_wrong"),
        ({"first_year": 2027}, "release_measure_wrong"),
        ({"series": "DYJS"}, "release_no_rows"),
    ],
)
def test_a_wish_that_cannot_be_is_refused(manager, changed, code):
    people()
    with pytest.raises(Invalid) as refusal:
        weigh(grant=manager, wish=replace(WISH, **changed))
    assert refusal.value.code == code


def test_only_the_manager_asks(db):
    with pytest.raises(NotAllowed):
        weigh(grant=person("a", "records", "archivist"), wish=WISH)
