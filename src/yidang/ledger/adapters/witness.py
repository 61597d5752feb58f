"""A witness reached by C2SP tlog-witness. Evidence: {"cosignatures": [line, …]}."""

from http import HTTPStatus

from yidang.crypto.signatures import Algorithm
from yidang.kernel.errors import Conflict, Invalid, Unavailable
from yidang.ledger.adapters.http import post
from yidang.ledger.anchoring.addresses import Address
from yidang.ledger.cosigning import holds, parse_cosignature, valid_lines
from yidang.ledger.folder import LedgerFolder
from yidang.ledger.notes import Checkpoint
from yidang.ledger.ports import Evidence
from yidang.ledger.witness.requests import AddCheckpoint, parse_size

_ATTEMPTS = 3  # another process of ours may have asked it in between
_OTHER_ROOT = "ledger_anchor_contradicts"
_UNKNOWN = {HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND, HTTPStatus.METHOD_NOT_ALLOWED}


class WitnessAnchor:
    def __init__(self, address: Address, *, known: int = 0) -> None:
        """`known` is the size it had from us last, as far as we remember; it says itself when that is not so."""
        self._known = known
        self._url = f"{address.url}/add-checkpoint"
        self._cosigners = address.cosigners

    def keep(self, log: LedgerFolder) -> tuple[Checkpoint, Evidence]:
        known = self._known
        for _attempt in range(_ATTEMPTS):
            head = log.checkpoint()
            status, body = self._ask(log, head, min(known, head.size))
            if status == HTTPStatus.OK:
                return head, {"cosignatures": self._cosignatures(head, body)}
            if status != HTTPStatus.CONFLICT:
                raise _trouble(status, head)
            known = self._agree(known, _size(body), log)
        raise Unavailable("ledger_anchor_answer")

    def holds(self, text: str, evidence: Evidence, /) -> bool | None:
        """One line that holds is proof enough; those quick to check come first."""
        lines = [parse_cosignature(line) for line in evidence["cosignatures"]]
        cosigners = sorted(self._cosigners, key=lambda one: one.algorithm is not Algorithm.ED25519)
        return any(holds(line, text, cosigner) for cosigner in cosigners for line in lines)

    def compare(self, log: LedgerFolder) -> None:
        self.keep(log)

    def _ask(self, log: LedgerFolder, head: Checkpoint, old: int) -> tuple[int, bytes]:
        path = log.tree(head.size).consistency(old)
        return post(self._url, str(AddCheckpoint(old, tuple(path), head)).encode())

    def _agree(self, known: int, theirs: int, log: LedgerFolder) -> int:
        """What it says it has seen, once that is not more than we have, nor the same size with another root."""
        newest = log.checkpoint().size
        if theirs > newest:
            raise Conflict("ledger_anchor_ahead", theirs=theirs, ours=newest)
        if theirs == known:
            raise Conflict(_OTHER_ROOT, size=theirs)
        return theirs

    def _cosignatures(self, head: Checkpoint, body: bytes) -> list[str]:
        lines = valid_lines(body.decode("utf-8", "replace").splitlines(), head.text, self._cosigners)
        if not lines:
            raise Unavailable("ledger_anchor_answer")
        return [str(line) for line in lines]


def _size(body: bytes) -> int:
    try:
        return parse_size(body)
    except Invalid:
        raise Unavailable("ledger_anchor_answer") from None


def _trouble(status: int, head: Checkpoint) -> Exception:
    if status == HTTPStatus.UNPROCESSABLE_ENTITY:
        return Conflict(_OTHER_ROOT, size=head.size)
    if status in _UNKNOWN:
        return Invalid("ledger_anchor_refuses", status=status)
    return Unavailable("ledger_anchor_answer")
