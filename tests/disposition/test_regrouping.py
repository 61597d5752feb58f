"""A group that cannot go on: another takes a member's place, or its records wait for another group."""

import pytest

from access.conftest import plain_static_files  # noqa: F401 - a fixture
from access.visitors import visiting
from yidang.disposition import appraising, regrouping
from yidang.disposition.models import Appraisal, Opinion
from yidang.kernel.errors import Conflict, Invalid, NotAllowed
from yidang.workflow.models import Task

from .records import file


@pytest.fixture
def group(bureau):
    file()
    return bureau.appraisal()


def replace(bureau, group, leaving="clerk", coming="second", by="archivist"):
    regrouping.replace_member(
        getattr(bureau, by),
        appraisal_id=group.id,
        leaving=bureau.id(leaving),
        coming=bureau.id(coming),
        url=f"/{group.id}/",
    )


def tasks_of(bureau, group, name):
    return Task.objects.filter(subject=group.id, assignee=bureau.id(name), closed_at__isnull=True).count()


def test_another_takes_the_place_and_the_part(bureau, group):
    bureau.say(group, who=("clerk", "head"))
    replace(bureau, group)
    parts = dict(group.members.values_list("staff", "part"))
    assert parts[bureau.id("second")] == "business"
    assert bureau.id("clerk") not in parts
    assert (tasks_of(bureau, group, "clerk"), tasks_of(bureau, group, "second")) == (0, 1)
    assert not Opinion.objects.filter(member__staff=bureau.id("clerk")).exists()
    bureau.say(group, who=("second", "archivist", "authority"))
    assert appraising.missing_opinions(group) == []


def test_nobody_is_in_it_twice_and_only_who_opens_groups_changes_them(bureau, group):
    with pytest.raises(Invalid, match="appraisal_member_wrong"):
        replace(bureau, group, coming="head")
    with pytest.raises(Invalid, match="appraisal_member_wrong"):
        replace(bureau, group, leaving="second", coming="second")
    with pytest.raises(NotAllowed):
        replace(bureau, group, by="clerk")


def test_a_dissolved_groups_records_are_due_again(bureau, group):
    with pytest.raises(Invalid, match="dissolving_reason_missing"):
        regrouping.dissolve(bureau.archivist, appraisal_id=group.id, reason=" ")
    regrouping.dissolve(bureau.archivist, appraisal_id=group.id, reason="分管领导调离")
    gone = Appraisal.objects.get(id=group.id)
    assert (gone.state, appraising.report_of(gone)) == ("dissolved", "分管领导调离")
    assert tasks_of(bureau, group, "head") == 0
    with pytest.raises(Conflict, match="appraisal_closed"):
        bureau.say(group)
    with pytest.raises(Conflict, match="appraisal_closed"):
        regrouping.dissolve(bureau.archivist, appraisal_id=group.id, reason="再次")
    assert bureau.appraisal().candidates.count() == 1


@pytest.mark.usefixtures("plain_static_files")
def test_the_page_changes_and_dissolves(bureau, group):
    page = f"/disposition/appraisals/{group.id}/"
    client = visiting(bureau.staff["archivist"])
    assert "更换成员或解散小组" in client.get(page).content.decode()
    wrong = client.post(f"{page}member/", {"leaving": "x", "coming": ""})
    assert (wrong.status_code, "小组成员须是" in wrong.content.decode()) == (422, True)
    told = {"leaving": str(bureau.id("clerk")), "coming": str(bureau.id("second"))}
    assert client.post(f"{page}member/", told).status_code == 302
    assert client.post(f"{page}dissolve/", {"reason": "业务科室撤并"}).status_code == 302
    shown = client.get(page).content.decode()
    assert "业务科室撤并" in shown
    assert "更换成员或解散小组" not in shown
