"""What a log sends by C2SP tlog-witness: `old <size>`, the consistency proof, a blank line, the checkpoint."""

import base64
import re
from dataclasses import dataclass

from yidang.crypto.sm import DIGEST
from yidang.kernel.errors import Invalid
from yidang.ledger.notes import Checkpoint, parse_checkpoint

LARGEST = 1 << 16
LONGEST_PROOF = 63
_OLD = re.compile(r"old (0|[1-9][0-9]{0,18})", re.ASCII)
_SIZE = re.compile(r"0|[1-9][0-9]{0,18}", re.ASCII)


@dataclass(frozen=True, slots=True)
class AddCheckpoint:
    old: int
    path: tuple[bytes, ...]
    checkpoint: Checkpoint

    def __str__(self) -> str:
        proof = "".join(f"{base64.b64encode(one).decode()}\n" for one in self.path)
        return f"old {self.old}\n{proof}\n{self.checkpoint.note}"


def parse_add_checkpoint(body: bytes) -> AddCheckpoint:
    """Raises Invalid `witness_request_malformed`."""
    try:
        head, note = body.decode().split("\n\n", 1)
        first, *proof = head.split("\n")
        path = tuple(base64.b64decode(line, validate=True) for line in proof)
        checkpoint = parse_checkpoint(note)
    except (ValueError, Invalid):
        raise Invalid("witness_request_malformed") from None
    old = _OLD.fullmatch(first)
    if old is None or len(path) > LONGEST_PROOF or any(len(one) != DIGEST for one in path):
        raise Invalid("witness_request_malformed")
    found = AddCheckpoint(int(old[1]), path, checkpoint)
    if str(found).encode() != body:
        raise Invalid("witness_request_malformed")
    return found


def parse_size(body: bytes) -> int:
    """What a witness answers with 409: the size it knows. Raises Invalid `witness_answer_malformed`."""
    text = body.decode("ascii", "replace").removesuffix("\n")
    if not _SIZE.fullmatch(text):
        raise Invalid("witness_answer_malformed")
    return int(text)
