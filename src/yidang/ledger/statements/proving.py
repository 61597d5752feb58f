"""Checking a statement with nothing but public keys: its signature and, from its file, that the log tells of it.

A statement's file is JSON:
    format      "yidang-statement/1"
    statement   the signed bytes as digits (`digits`)
    issued      {entry, position, path}: the ledger entry of its issue, which holds the statement's SM3
    about       the same for the entry it is about
    checkpoint  the signed note both lead to
    public_keys of the log; for comparing, not for trusting
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from yidang.crypto.signatures import Algorithm, verify
from yidang.crypto.sm import sm3
from yidang.kernel.errors import Invalid
from yidang.ledger.merkle import leaf_hash, root_by_path
from yidang.ledger.notes import Checkpoint, PublicKey, parse_checkpoint
from yidang.ledger.statements import claims, cose, digits
from yidang.ledger.statements.cbor import Malformed
from yidang.ledger.statements.claims import Claims

FORMAT = "yidang-statement/1"


@dataclass(frozen=True, slots=True)
class Read:
    """A statement taken apart; nothing of it has been checked."""

    data: bytes
    envelope: cose.Sign1
    claims: Claims

    @property
    def digest(self) -> bytes:
        return sm3(self.data)

    def is_signed_by(self, public: bytes) -> bool:
        return verify(Algorithm.ED25519, public, self.envelope.signed, self.envelope.signature)


def read(data: bytes) -> Read:
    """Raises Malformed."""
    envelope = cose.parse(data)
    return Read(data, envelope, claims.parse(envelope.payload))


@dataclass
class FileChecker:
    """Checks files of one log; a checkpoint met again is not verified again."""

    keys: Iterable[PublicKey]
    _by_id: dict[bytes, bytes] = field(init=False)
    _heads: dict[str, Checkpoint | None] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._by_id = {key.key_id: key.public for key in self.keys if key.algorithm is Algorithm.ED25519}

    def problem(self, file: Mapping[str, Any]) -> str:
        """A code, blank when everything holds: `unreadable`, `unknown_key`, `altered`, `checkpoint`, `inclusion`."""
        try:
            statement = read(digits.unpack(file["statement"]))
            return self._problem(statement, file)
        except (Malformed, ValueError, KeyError, TypeError, AttributeError):
            return "unreadable"

    def _problem(self, statement: Read, file: Mapping[str, Any]) -> str:
        public = self._by_id.get(statement.envelope.key_id)
        if public is None:
            return "unknown_key"
        if not statement.is_signed_by(public):
            return "altered"
        head = self._head(file["checkpoint"])
        if head is None or head.origin != statement.claims.issuer:
            return "checkpoint"
        return "" if _is_told_of(statement, file, head) else "inclusion"

    def _head(self, note: str) -> Checkpoint | None:
        if note not in self._heads:
            self._heads[note] = self._verified(note)
        return self._heads[note]

    def _verified(self, note: str) -> Checkpoint | None:
        try:
            head = parse_checkpoint(note)
        except Invalid:
            return None
        return head if all(key.verifies(head) for key in self.keys) else None


def _is_told_of(statement: Read, file: Mapping[str, Any], head: Checkpoint) -> bool:
    issued, about = file["issued"], file["about"]
    said = statement.claims
    is_issue = json.loads(issued["entry"])["facts"].get("statement_sm3") == statement.digest.hex()
    is_subject = json.loads(about["entry"])["id"] == str(said.entry) and about["position"] == said.position
    return is_issue and is_subject and _leads_to(issued, head) and _leads_to(about, head)


def _leads_to(proof: Mapping[str, Any], head: Checkpoint) -> bool:
    path = [bytes.fromhex(sibling) for sibling in proof["path"]]
    leaf = leaf_hash(proof["entry"].encode())
    return root_by_path(leaf, index=proof["position"], size=head.size, path=path) == head.root
