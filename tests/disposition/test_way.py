"""The way to the end: due, appraised, listed, on record, approved, waited, witnessed, gone; no step out of turn."""

import pytest
from django.db import IntegrityError, transaction

from people import employ
from yidang.disposition import appraising, executing, kinds, listing
from yidang.disposition.due import due_groups
from yidang.disposition.models import DestructionList, ListItem, ListState
from yidang.holdings import stored
from yidang.holdings.models import Hold, Item, Tombstone
from yidang.holdings.queries import get_item
from yidang.holdings.verify import verify
from yidang.kernel import clock
from yidang.kernel.errors import Conflict, DomainError, Invalid, NotAllowed, NotFound
from yidang.ledger.models import LedgerEntry
from yidang.workflow.operations import approve, ask_approval

from .records import file

pytestmark = pytest.mark.django_db


def begin(bureau, found):
    executing.begin(bureau.archivist, list_id=found.id, second_factor_fresh=True)


def test_from_due_to_gone(bureau):
    gone, kept = file(count=2), file(year=clock.today().year)
    assert [(group.series.code, group.count, group.in_work) for group in due_groups(bureau.head)] == [("DYMZ", 2, 0)]
    found = bureau.witnessed()
    assert [group.in_work for group in due_groups(bureau.head)] == [2]
    begin(bureau, found)
    assert executing.advance() == 2
    found.refresh_from_db()
    assert found.state == ListState.DESTROYED
    assert set(Tombstone.objects.values_list("item", flat=True)) == {item.pk for item in gone}
    assert list(Item.objects.values_list("pk", flat=True)) == [kept[0].pk]
    with pytest.raises(NotFound):
        stored.dossier(gone[0].pk)
    assert found.items.filter(is_ended=True).count() == 2
    for asked in (gone[0].pk, gone[0].reference_code):
        with pytest.raises(NotFound, match="item_destroyed"):
            get_item(bureau.archivist, asked)
        with pytest.raises(NotFound, match="item_not_found"):
            get_item(bureau.second, asked)
    assert due_groups(bureau.head) == []
    assert verify().differences == []


def test_every_step_stands_in_the_ledger(bureau):
    file()
    begin(bureau, bureau.witnessed())
    executing.advance()
    actions = LedgerEntry.objects.order_by("at", "id").values_list("action", flat=True)
    told = [
        action for action in actions if action.split(".")[0] in {"appraisal", "destruction"} or "destroyed" in action
    ]
    assert told == [
        "appraisal.opened",
        *["appraisal.opinion"] * 4,
        "appraisal.reported",
        "destruction.listed",
        "destruction.filed",
        "destruction.approved",
        *["destruction.witnessed"] * 2,
        "destruction.begun",
        "item.destroyed",
        "destruction.carried_out",
        "destruction.completed",
    ]


def test_no_step_comes_before_its_turn(bureau):
    file()
    found = bureau.drawn()
    steps = {
        "approve": lambda: ask_approval(
            grant=bureau.archivist, kind=kinds.DESTRUCTION, plan={"list": str(found.id)}, reason="早"
        ),
        "witness": lambda: listing.witness(bureau.clerk, list_id=found.id, second_factor_fresh=True),
        "carry_out": lambda: begin(bureau, found),
    }
    for step in steps.values():
        with pytest.raises(Conflict, match="list_step_wrong"):
            step()
    assert executing.advance() == 0
    assert Item.objects.count() == 1


def test_nobody_destroys_before_the_waiting_period_is_over(bureau):
    file()
    found = bureau.approved()
    assert (found.not_before - clock.today()).days == 7
    with pytest.raises(Conflict, match="list_waits"):
        listing.witness(bureau.clerk, list_id=found.id, second_factor_fresh=True)


def test_the_wrong_person_is_refused_at_every_step(bureau):
    file()
    with pytest.raises(NotAllowed):
        appraising.open_appraisal(bureau.clerk, series=["DYMZ"], until=2026, members=bureau.group(), url="/{id}/")
    found = bureau.approved()
    DestructionList.objects.update(not_before=clock.today())
    for name in ("authority", "head"):
        with pytest.raises(NotAllowed):
            listing.witness(getattr(bureau, name), list_id=found.id, second_factor_fresh=True)
    with pytest.raises(NotAllowed, match="second_factor_needed"):
        listing.witness(bureau.clerk, list_id=found.id, second_factor_fresh=False)
    listing.witness(bureau.clerk, list_id=found.id, second_factor_fresh=True)
    with pytest.raises(Conflict, match="already_signed"):
        listing.witness(bureau.clerk, list_id=found.id, second_factor_fresh=True)
    with pytest.raises(Conflict, match="list_step_wrong"):
        begin(bureau, found)
    listing.witness(bureau.second, list_id=found.id, second_factor_fresh=True)
    with pytest.raises(NotAllowed):
        executing.begin(bureau.head, list_id=found.id, second_factor_fresh=True)


def test_only_the_head_approves_and_never_who_drew_it(bureau):
    file()
    found = bureau.drawn()
    listing.put_on_record(bureau.archivist, list_id=found.id, office="局", number="1", on=clock.today())
    asked = ask_approval(grant=bureau.archivist, kind=kinds.DESTRUCTION, plan={"list": str(found.id)}, reason="到期")
    for name in ("authority", "archivist", "clerk"):
        with pytest.raises(NotAllowed):
            approve(grant=getattr(bureau, name), approval_id=asked.id, second_factor_fresh=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        DestructionList.objects.update(approved_by=bureau.id("archivist"))


@pytest.mark.parametrize("named", [["clerk"], ["clerk", "clerk"], ["clerk", "archivist"], ["clerk", "head"]])
def test_two_others_witness(bureau, named):
    file()
    appraisal = bureau.reported()
    with pytest.raises(Invalid, match="list_witnesses_wrong"):
        listing.draw(
            bureau.archivist, appraisal_id=appraisal.id, witnesses=[bureau.id(one) for one in named], wait_days=7
        )


def test_one_word_to_keep_is_enough(bureau):
    (item,) = file()
    appraisal = bureau.appraisal()
    bureau.say(appraisal)
    bureau.say(appraisal, "extend", "D30", "仍有争议", who=("clerk",))
    made = appraising.report(bureau.archivist, appraisal_id=appraisal.id, text="延长")
    appraising.apply_terms(bureau.archivist, made)
    code = item.reference_code
    item.refresh_from_db()
    assert (item.term, item.reference_code) == ("D30", code)
    with pytest.raises(Conflict, match="list_nothing_to_destroy"):
        bureau.drawn(made)
    assert due_groups(bureau.head) == []
    assert verify().differences == []


def test_a_group_lacks_nobody_and_reports_on_everything(bureau):
    file()
    members = {pk: part for pk, part in bureau.group().items() if part != "authority"}
    with pytest.raises(Invalid, match="appraisal_parts_missing"):
        appraising.open_appraisal(bureau.archivist, series=["DYMZ"], until=2026, members=members, url="/{id}/")
    appraisal = bureau.appraisal()
    bureau.say(appraisal, who=("head", "clerk"))
    with pytest.raises(Conflict, match="appraisal_incomplete"):
        appraising.report(bureau.archivist, appraisal_id=appraisal.id, text="未完")
    with pytest.raises(DomainError):
        bureau.say(appraisal, who=("second",))
    with pytest.raises(Invalid, match="term_too_short"):
        bureau.say(appraisal, "extend", "D10", "理由", who=("clerk",))
    with pytest.raises(Invalid, match="opinion_term_missing"):
        bureau.say(appraisal, "extend", "", "理由", who=("clerk",))


def test_who_may_give_no_opinion_is_not_named(bureau):
    file()
    members = bureau.group()
    members.pop(bureau.id("authority"))
    for role in ("storekeeper", "acceptor"):
        with pytest.raises(Invalid, match="appraisal_member_wrong"):
            appraising.open_appraisal(
                bureau.archivist,
                series=["DYMZ"],
                until=2026,
                members=members | {employ(role, role).pk: "authority"},
                url="/{id}/",
            )


def test_no_item_is_before_two_groups(bureau):
    file()
    bureau.appraisal()
    with pytest.raises(Invalid, match="appraisal_nothing_due"):
        bureau.appraisal()


def test_a_withdrawn_list_destroys_nothing_and_another_takes_its_place(bureau):
    file()
    found = bureau.approved()
    listing.withdraw(bureau.archivist, list_id=found.id)
    with pytest.raises(Conflict, match="list_step_wrong"):
        begin(bureau, found)
    assert bureau.drawn(found.appraisal).items.count() == 1


def test_what_is_held_at_the_last_moment_is_kept_and_named(bureau):
    held, other = file(count=2)
    found = bureau.witnessed()
    Hold.objects.create(item=held, room="access", reason_code="loan", placed_at=clock.now())
    begin(bureau, found)
    executing.advance()
    found.refresh_from_db()
    assert found.state == ListState.DESTROYED
    assert list(Item.objects.values_list("pk", flat=True)) == [held.pk]
    assert ListItem.objects.get(candidate__item=held.pk).kept_because == "held"
    assert Tombstone.objects.get().item == other.pk


@pytest.mark.parametrize("place", ["bury", "erase_unerased", "_finish"])
def test_killed_at_any_point_it_goes_on(bureau, monkeypatch, place):
    file(count=3)
    found = bureau.witnessed()
    begin(bureau, found)
    real = getattr(executing, place)
    died = []

    def dies(*args, **more):
        answer = real(*args, **more)
        if not died:
            died.append(True)
            raise KeyboardInterrupt
        return answer

    monkeypatch.setattr(executing, place, dies)
    with pytest.raises(KeyboardInterrupt):
        executing.advance()
    executing.advance()
    executing.advance()
    found.refresh_from_db()
    assert found.state == ListState.DESTROYED
    assert Tombstone.objects.filter(erased_at__isnull=False).count() == 3
    assert LedgerEntry.objects.filter(action="destruction.carried_out").count() == 1
    assert verify().differences == []


def test_it_is_destroying_until_the_last_copy_of_the_keys_is_over(bureau, tmp_path, monkeypatch):
    from yidang.crypto import keyring_backup

    file()
    found = bureau.witnessed()
    copy = keyring_backup.write(tmp_path / "ring", days=30)
    begin(bureau, found)
    executing.advance()
    found.refresh_from_db()
    assert (found.state, found.complete_at) == (ListState.DESTROYING, copy.expires_at)
    later = copy.expires_at.replace(year=copy.expires_at.year + 1)
    monkeypatch.setattr(clock, "now", lambda: later)
    executing.advance()
    found.refresh_from_db()
    assert found.state == ListState.DESTROYED
