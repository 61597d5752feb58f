"""One person across sources: found, merged when sure, decided by a person when not, and taken apart again."""

from hypothesis import given
from hypothesis import strategies as st

from settlements import PERSON, SETTLEMENT
from variants import persons
from yidang.claims.history import connect
from yidang.claims.history.writing import follow
from yidang.claims.importing.operations import import_claims
from yidang.claims.linkage.matching import likely_pairs
from yidang.claims.linkage.operations import link_persons, merge, undo
from yidang.claims.linkage.rules import Record, contradict, settle
from yidang.claims.models import Enrolee, LinkCandidate, Settlement


def test_generated_persons_are_found_again():
    """Precision at least .999 by machine, recall at least .99 with what the band shows a person."""
    records, truth = persons(500)
    sure, band = settle(likely_pairs(records), {one.unique_id: one for one in records})
    merged = {(one.left, one.right) for one in sure}
    shown = merged | {(one.left, one.right) for one in band}
    assert len(merged & truth) >= 0.999 * len(merged)
    assert len(shown & truth) >= 0.99 * len(truth)
    assert len(merged & truth) >= 0.95 * len(truth)


@given(st.text("0123456789X", min_size=18, max_size=18), st.integers(0, 16))
def test_one_slip_in_a_number_is_no_contradiction(number, at):
    swapped = number[:at] + number[at + 1] + number[at] + number[at + 2 :]
    assert not contradict(Record("a", id_number=number), Record("b", id_number=swapped))


def test_a_merge_carries_settlements_along_and_its_undoing_brings_them_back(importer, sheets, db):
    other = PERSON | {"person": "P2", "id_number": "", "sex": "2", "name": "张三丰"}
    second = SETTLEMENT | {"claim": "900002", "person": "P2"}
    import_claims(grant=importer, path=sheets(settlements=[SETTLEMENT, second], persons=[PERSON, other]))
    first, again = (Settlement.objects.get(claim=claim).person for claim in (900001, 900002))
    assert first != again
    made = merge(grant=importer, kept=first, gone=again, probability=0.99999)
    follow()
    people = "SELECT DISTINCT person FROM settlements"
    assert connect().execute(people).fetchall() == [(first.person,)]
    assert connect().execute("SELECT count(*) FROM persons").fetchall() == [(1,)]
    undo(grant=importer, merge_id=made.id)
    follow()
    assert {person for (person,) in connect().execute(people).fetchall()} == {first.person, again.person}
    assert LinkCandidate.objects.get().state == "different"


def test_the_sure_are_merged_by_machine(importer, sheets, db):
    same = PERSON | {"phone": "13812345678", "home": "幸福路1号"}
    other = same | {"person": "P2", "id_number": ""}
    import_claims(grant=importer, path=sheets(persons=[same, other]))
    found = link_persons(grant=importer)
    assert found["looked_at"] == 2
    assert found["merged"] + found["to_review"] == 1
    assert Enrolee.objects.filter(merged_into__isnull=False).count() == found["merged"]
