"""The witness on the web: POST /add-checkpoint by C2SP tlog-witness, and what it has seen for anybody to read.

1. The request is well formed, else 400.   2. Its log is known, else 404.   3. The log has signed it, else 403.
4. Old size ≤ new size, else 400.          5. The old size is the one we know, else 409 with ours.
6. At the same size, the same root, else 409.   7. The proof shows that ours is a beginning of it, else 422.
8. It is kept on the disk.                 9. Only then it is cosigned.
"""

import hashlib
import re
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, NamedTuple

from yidang.kernel.errors import Invalid
from yidang.ledger.consistency import empty_root, is_beginning
from yidang.ledger.notes import Checkpoint
from yidang.ledger.witness.keys import Identity
from yidang.ledger.witness.logs import KnownLog
from yidang.ledger.witness.memory import Memory
from yidang.ledger.witness.requests import LARGEST, AddCheckpoint, parse_add_checkpoint

_TEXT, _SIZE = "text/plain; charset=utf-8", "text/x.tlog.size"
_SEEN = re.compile(r"/([0-9a-f]{64})/checkpoint", re.ASCII)
_REASONS = {
    200: "OK",
    400: "Bad Request",
    403: "Forbidden",
    404: "Not Found",
    405: "Method Not Allowed",
    409: "Conflict",
    413: "Content Too Large",
    422: "Unprocessable Entity",
}
Start = Callable[[str, list[tuple[str, str]]], Any]


class Answer(NamedTuple):
    status: int
    body: str = ""
    kind: str = _TEXT


class Witness:
    """A WSGI application."""

    def __init__(
        self, folder: Path, identity: Identity, logs: dict[str, KnownLog], clock: Callable[[], float] = time.time
    ) -> None:
        self._identity = identity
        self._logs = logs
        self._memory = Memory(folder)
        self._clock = clock

    def __call__(self, environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        answer = self._answer(environ)
        body = answer.body.encode()
        headers = [("Content-Type", answer.kind), ("Content-Length", str(len(body))), ("Cache-Control", "no-store")]
        start(f"{answer.status} {_REASONS[answer.status]}", headers)
        return [body]

    def _answer(self, environ: dict[str, Any]) -> Answer:
        method, path = environ["REQUEST_METHOD"], environ.get("PATH_INFO", "/")
        if path == "/add-checkpoint":
            return self._receive(environ) if method == "POST" else Answer(405)
        if method not in {"GET", "HEAD"}:
            return Answer(405)
        if path == "/":
            return Answer(200, "".join(f"{one}\n" for one in self._identity.cosigners))
        seen = _SEEN.fullmatch(path)
        return self._tell(seen[1]) if seen else Answer(404)

    def _receive(self, environ: dict[str, Any]) -> Answer:
        length = environ.get("CONTENT_LENGTH") or "0"
        if not (length.isascii() and length.isdigit()):
            return Answer(400)
        if int(length[:9]) > LARGEST:
            return Answer(413)
        try:
            return self.add(parse_add_checkpoint(environ["wsgi.input"].read(int(length))))
        except Invalid:
            return Answer(400)

    def _tell(self, wanted: str) -> Answer:
        for origin in self._logs:
            if hashlib.sha256(origin.encode()).hexdigest() == wanted:
                newest = self._memory.newest(origin)
                return Answer(200, newest.note) if newest else Answer(404)
        return Answer(404)

    def add(self, asked: AddCheckpoint) -> Answer:
        log = self._logs.get(asked.checkpoint.origin)
        if log is None:
            return Answer(404)
        if not log.has_signed(asked.checkpoint):
            return Answer(403)
        if asked.old > asked.checkpoint.size:
            return Answer(400)
        with self._memory.locked(log.origin):
            known = self._memory.newest(log.origin)
            return self._refusal(asked, known, log) or self._cosigned(asked.checkpoint)

    def _refusal(self, asked: AddCheckpoint, known: Checkpoint | None, log: KnownLog) -> Answer | None:
        size, root = (known.size, known.root) if known else (0, empty_root(log.digest))
        new = asked.checkpoint
        if asked.old != size:
            return Answer(409, f"{size}\n", _SIZE)
        if new.size == size and new.root != root:
            self._convict(new, known)
            return Answer(409, f"{size}\n", _SIZE)
        if not is_beginning(
            old=size, old_root=root, new=new.size, new_root=new.root, path=asked.path, digest=log.digest
        ):
            self._convict(new, known)
            return Answer(422)
        return None

    def _convict(self, new: Checkpoint, known: Checkpoint | None) -> None:
        if known is not None:
            self._memory.refuse(new, known)

    def _cosigned(self, checkpoint: Checkpoint) -> Answer:
        self._memory.keep(checkpoint.note, checkpoint.origin)
        lines = self._identity.cosign(checkpoint.text, time=int(self._clock()))
        said = "".join(f"{line}\n" for line in lines)
        return Answer(200, said)
