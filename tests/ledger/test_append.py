"""Nothing happens off the record: an event is written with the change it tells of, or not at all."""

import json
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import transaction

from yidang.crypto.fields import open_json
from yidang.crypto.sm import sm3
from yidang.kernel.errors import Conflict, Invalid
from yidang.ledger.events import NewEvent, canonical
from yidang.ledger.folder import LedgerFolder
from yidang.ledger.ids import next_ids
from yidang.ledger.models import LedgerEntry
from yidang.ledger.operations import append, append_many


@pytest.mark.django_db(transaction=True)
def test_refuses_to_write_outside_a_transaction() -> None:
    with pytest.raises(transaction.TransactionManagementError):
        append(action="item.viewed", actor="system:test")


@pytest.mark.django_db(transaction=True)
def test_an_undone_change_leaves_no_event() -> None:
    with transaction.atomic():
        append(action="item.viewed", actor="system:test")
        transaction.set_rollback(True)
    assert not LedgerEntry.objects.exists()


@pytest.mark.django_db
def test_the_entry_repeats_what_the_row_says() -> None:
    subject = uuid4()
    entry_id = append(action="item.filed", actor="u1", subject=subject, facts={"reference_code": "J001-ZY·YB"})
    row = LedgerEntry.objects.get(id=entry_id)
    content = json.loads(bytes(row.entry))
    assert content["id"] == str(entry_id)
    assert content["subject"] == str(subject)
    assert content["facts"] == {"reference_code": "J001-ZY·YB"}


@pytest.mark.django_db
def test_equal_events_cannot_be_told_equal_by_their_digests() -> None:
    for _ in range(2):
        append(action="page.viewed", actor="u1")
    salts = {json.loads(bytes(row.entry))["salt"] for row in LedgerEntry.objects.all()}
    assert len(salts) == 2


@pytest.mark.django_db
def test_private_facts_are_committed_to_and_sealed() -> None:
    entry_id = append(action="item.described", actor="u1", private={"reason": "姓名录错"})
    row = LedgerEntry.objects.get(id=entry_id)
    assert "姓名".encode() not in bytes(row.entry) + bytes(row.private)
    opened = open_json(row.private, table="ledger_entry", row=str(entry_id), field="private")
    committed = sm3(bytes.fromhex(opened["salt"]) + canonical(opened["facts"])).hex()
    assert json.loads(bytes(row.entry))["private"] == committed


@pytest.mark.django_db
@pytest.mark.parametrize("count", [0, 3, 100])
def test_many_events_keep_their_order(count: int) -> None:
    events = [NewEvent(action="page.viewed", actor="u1", subject=uuid4(), facts={"n": n}) for n in range(count)]
    ids = append_many(events)
    rows = list(LedgerEntry.objects.filter(id__in=ids).order_by("id"))
    assert [row.id for row in rows] == ids
    assert [json.loads(bytes(row.entry))["facts"]["n"] for row in rows] == list(range(count))


@pytest.mark.django_db
def test_an_entry_that_no_bundle_can_hold_is_refused() -> None:
    with pytest.raises(Invalid, match="ledger_entry_too_big"):
        append(action="item.filed", actor="u1", facts={"pages": ["00" * 32] * 2000})


@pytest.mark.django_db
def test_the_entry_is_canonical_json() -> None:
    facts = {"ж": 'quote " and \\ and \n', "a": [1, {"z": None, "b": True}], "空": ""}
    entry_id = append(action="item.filed", actor='u"1', subject=uuid4(), facts=facts, private={"x": 1})
    entry = bytes(LedgerEntry.objects.get(id=entry_id).entry)
    assert canonical(json.loads(entry)) == entry
    assert json.loads(entry)["facts"] == facts


def test_ids_increase_whoever_asks() -> None:
    ids = [*next_ids(bytes(8 * 3)), *next_ids(b"\xff" * 8 * 5000), *next_ids(bytes(8))]
    assert ids == sorted(ids)
    assert len(set(ids)) == 5004
    assert {(one.version, one.variant) for one in ids} == {(7, "specified in RFC 4122")}


def test_a_log_not_begun_has_no_keys_to_show(tmp_path: Path) -> None:
    with pytest.raises(Conflict) as refusal:
        LedgerFolder(tmp_path / "ledger").public_keys()
    assert refusal.value.code == "ledger_checkpoint_missing"
