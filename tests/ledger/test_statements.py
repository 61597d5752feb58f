"""A statement says what it said when it was signed, or is named for what became of it."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from yidang.crypto.signatures import Algorithm, verify
from yidang.kernel.errors import Conflict, Invalid, NotFound
from yidang.ledger import queries as ledger
from yidang.ledger.models import LedgerStatement
from yidang.ledger.operations import sequence
from yidang.ledger.sequencing import ledger_folder
from yidang.ledger.statements import addresses, cose, digits, keys, proving, queries, revocations
from yidang.ledger.statements.audit import verify_statements
from yidang.ledger.statements.checking import Outcome, check
from yidang.ledger.statements.operations import Statement, issue, revoke
from yidang.ledger.statements.proving import FileChecker
from yidang.ledger.statements.restoring import restore_register

CLAIMS = {"reference_code": "J001-ZYJS·2026-D30-0001", "version": 2, "since": 1_790_000_000}


@pytest.fixture
def entry(log: object, append: Callable[[int], list[UUID]]) -> UUID:
    made = append(3)[1]
    sequence()
    return made


@pytest.fixture
def statement(entry: UUID) -> Statement:
    made = issue(kind="unchanged/1", claims=CLAIMS, ledger_entry=entry, actor="u1", subject=uuid4())
    sequence()
    return made


def address(statement: Statement) -> str:
    return addresses.address_of(statement.data, "https://archive.example.cn")


def test_a_statement_is_valid_and_found_in_the_ledger(statement):
    verdict = check(address(statement))
    assert verdict.outcome is Outcome.VALID
    assert verdict.claims.values == tuple(CLAIMS.values())
    assert set(verdict.signatures) == {"ed25519", "sm2"}
    assert ledger.event(statement.entry).position == verdict.position


def test_before_the_next_checkpoint_it_is_valid_too_but_not_yet_in_the_log(entry):
    verdict = check(address(issue(kind="unchanged/1", claims=CLAIMS, ledger_entry=entry, actor="u1")))
    assert (verdict.outcome, verdict.position) == (Outcome.VALID, None)


def test_it_opens_from_the_digits_alone_with_line_ends_in_them(statement):
    packed = digits.pack(statement.data)
    assert check(" ".join([packed[:50], packed[50:] + "\n"])).holds


def test_every_altered_byte_is_noticed(statement):
    outcomes = set()
    for at in range(len(statement.data)):
        broken = bytearray(statement.data)
        broken[at] ^= 1
        verdict = check(digits.pack(bytes(broken)))
        assert not verdict.holds
        assert verdict.claims is None
        outcomes.add(verdict.outcome)
    assert outcomes == {Outcome.ALTERED, Outcome.UNREADABLE, Outcome.UNKNOWN_KEY}


def test_revoked_is_named_with_its_reason_and_only_once(statement):
    told = ledger.event(revoke(number=statement.number, reason="error", actor="u1", remark="给错了人"))
    verdict = check(address(statement))
    assert (verdict.outcome, verdict.reason) == (Outcome.REVOKED, "error")
    assert told.facts == {"number": statement.number, "reason": "error"}
    assert ledger.private_facts(told.id) == {"remark": "给错了人"}
    with pytest.raises(Conflict, match="statement_revoked_already"):
        revoke(number=statement.number, reason="error", actor="u1")


def test_what_cannot_be_revoked_is_refused(statement):
    with pytest.raises(NotFound):
        revoke(number="20260101-00000000", reason="error", actor="u1")
    with pytest.raises(Invalid):
        revoke(number=statement.number, reason="因为王小明", actor="u1")


def test_after_its_term_it_is_expired(statement, monkeypatch):
    later = LedgerStatement.objects.get().expires_at + timedelta(seconds=1)
    monkeypatch.setattr("yidang.ledger.statements.checking.now", lambda: later)
    assert check(address(statement)).outcome is Outcome.EXPIRED


def test_signed_with_our_key_behind_the_registers_back_is_unknown(statement):
    forged = keys.sign(statement.claims.encode().replace(b"0001", b"0002"))
    assert check(digits.pack(forged)).outcome is Outcome.UNKNOWN


def test_a_register_row_slipped_in_does_not_make_a_forgery_valid(statement):
    forged = keys.sign(statement.claims.encode().replace(b"0001", b"0002"))
    LedgerStatement.objects.update(digest=proving.read(forged).digest)
    assert check(digits.pack(forged)).outcome is Outcome.UNPROVED


def test_another_archives_statement_is_named_so(statement):
    envelope = cose.parse(statement.data)
    other = cose.Sign1(b"abcd", envelope.payload, envelope.signature)
    assert check(digits.pack(other.encode())).outcome is Outcome.UNKNOWN_KEY


def test_neither_ledger_nor_register_hold_the_text_in_clear(statement):
    row = LedgerStatement.objects.get()
    code = CLAIMS["reference_code"].encode()
    assert code not in bytes(row.body)
    assert code not in json.dumps(dict(ledger.event(statement.entry).facts), ensure_ascii=False).encode()


def test_claims_are_those_of_the_kind(entry):
    for kind, claims in (("unchanged/1", {"version": 1}), ("unchanged/1", CLAIMS | {"name": "王小明"}), ("x", CLAIMS)):
        with pytest.raises(Invalid):
            issue(kind=kind, claims=claims, ledger_entry=entry, actor="u1")


def test_a_code_holds_no_more_than_a_phone_reads_from_paper(entry):
    with pytest.raises(Invalid, match="statement_too_long"):
        issue(kind="unchanged/1", claims=CLAIMS | {"reference_code": "长" * 140}, ledger_entry=entry, actor="u1")


def test_the_list_of_revocations_is_signed_and_complete(statement):
    revoke(number=statement.number, reason="lost", actor="u1")
    listed, envelope = revocations.parse(queries.signed_revocations())
    assert [(one.number, one.reason) for one in listed.revoked] == [(statement.number, "lost")]
    public = keys.trusted()[envelope.key_id]
    assert verify(Algorithm.ED25519, public, envelope.signed, envelope.signature)


def test_the_file_proves_issue_and_subject_without_the_archive(statement):
    checker = FileChecker(ledger_folder().public_keys())
    file = queries.statement_file(statement)
    assert checker.problem(file) == ""
    size = ledger.checkpoint().size
    assert checker.problem(file | {"checkpoint": file["checkpoint"].replace(f"\n{size}\n", "\n9\n")}) == "checkpoint"
    swapped = file | {"issued": file["about"]}
    assert checker.problem(swapped) == "inclusion"
    moved = file | {"about": file["about"] | {"position": 0}}
    assert checker.problem(moved) == "inclusion"
    assert checker.problem({}) == "unreadable"
    assert FileChecker([]).problem(file) == "unknown_key"


def test_the_register_comes_back_from_the_ledger_with_its_revocations(statement, entry):
    lasting = issue(kind="unchanged/1", claims=CLAIMS, ledger_entry=entry, actor="u1")
    revoke(number=statement.number, reason="error", actor="u1")
    sequence()
    LedgerStatement.objects.all().delete()
    assert check(address(lasting)).outcome is Outcome.UNKNOWN
    assert restore_register() == 3
    assert check(address(lasting)).outcome is Outcome.VALID
    assert check(address(statement)).outcome is Outcome.REVOKED
    assert restore_register() == 0
    with pytest.raises(NotFound, match="statement_not_kept"):
        queries.get_statement(lasting.number)


@pytest.mark.parametrize(
    ("change", "column"),
    [
        ({"expires_at": datetime(2090, 1, 1, tzinfo=UTC)}, "expires_at"),
        ({"digest": b"x" * 32}, "digest"),
        ({"kind": "copy/1"}, "kind"),
    ],
)
def test_a_register_changed_from_outside_is_named(statement, change, column):
    assert verify_statements() == []
    LedgerStatement.objects.filter(number=statement.number).update(**change)
    assert [(one.code, one.facts["column"]) for one in verify_statements()] == [("statement_changed", column)]


def test_a_revocation_wiped_out_is_named_and_so_is_a_row_lost_or_slipped_in(statement):
    revoke(number=statement.number, reason="error", actor="u1")
    assert verify_statements() == []
    LedgerStatement.objects.update(revoked_at=None, revocation="", revocation_entry=None)
    assert [one.code for one in verify_statements()] == ["statement_changed"]
    LedgerStatement.objects.update(number="2026-X")
    assert {one.code for one in verify_statements()} == {"statement_lost", "statement_unknown"}
