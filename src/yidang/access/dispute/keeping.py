"""Dispute files asked for on a page: made by a job, kept sealed for a day, for the one who asked.

`home/disputes/<id>.json` says how far it is (opaque ids and counts only), `<id>.sealed` is the file.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any, BinaryIO, Literal, cast
from uuid import UUID, uuid4

from django.conf import settings

from yidang.access.dispute.building import build_dispute
from yidang.access.dispute.sealing import SealingSink
from yidang.crypto.durable import make_private_folder, replace_durably
from yidang.crypto.envelope import SealedReader
from yidang.crypto.keys import vault
from yidang.identity.models import Staff
from yidang.identity.policy import Grant, Permission, grant_for
from yidang.kernel.clock import now
from yidang.kernel.errors import DomainError, NotFound

KEPT = timedelta(days=1)
State = Literal["waiting", "making", "ready", "failed"]


@dataclass(frozen=True, slots=True)
class Order:
    """`problem` is an error's code with its facts, where it could not be made."""

    id: str
    staff: str
    items: tuple[str, ...]
    state: State = "waiting"
    done: int = 0
    number: str = ""
    problem: str = ""

    @property
    def is_open(self) -> bool:
        return self.state in ("waiting", "making")

    @property
    def total(self) -> int:
        return len(self.items)


def order(grant: Grant, items: Sequence[UUID]) -> Order:
    """The caller sees to the job. Raises NotAllowed: `not_allowed`."""
    for permission in (Permission.DOWNLOAD, Permission.VERIFY):
        grant.require(permission)
    sweep()
    made = Order(str(uuid4()), str(grant.staff_id), tuple(map(str, items)))
    _save(made)
    return made


def ordered_by(grant: Grant, order_id: UUID) -> Order:
    """Raises NotFound `dispute_not_found`, also for what somebody else asked for."""
    found = _load(str(order_id))
    if found is None or found.staff != str(grant.staff_id):
        raise NotFound("dispute_not_found")
    return found


def make(order_id: str) -> None:
    """May run twice; with the rights that who asked has at this moment."""
    found = _load(order_id)
    if found is None or not found.is_open:
        return
    grant = grant_for(Staff.objects.filter(pk=found.staff).first())
    draft = _folder() / f"{order_id}.part"
    try:
        with draft.open("wb") as sink:
            sealing = SealingSink(sink, key=_key(), context=order_id.encode())
            number = build_dispute(
                grant,
                [UUID(item) for item in found.items],
                cast("BinaryIO", sealing),
                lambda done, _total: _save(replace(found, state="making", done=done)),
            )
            sealing.finish()
    except (DomainError, OSError) as problem:
        draft.unlink(missing_ok=True)
        code = problem.code if isinstance(problem, DomainError) else "dispute_not_written"
        _save(replace(found, state="failed", problem=code))
        return
    draft.replace(_folder() / f"{order_id}.sealed")
    _save(replace(found, state="ready", done=found.total, number=number))


def opened(found: Order) -> SealedReader:
    """Raises NotFound `dispute_not_found` once its day is over."""
    try:
        sealed = (_folder() / f"{found.id}.sealed").open("rb")
    except FileNotFoundError:
        raise NotFound("dispute_not_found") from None
    return SealedReader(sealed, key=_key(), context=found.id.encode())


def sweep() -> None:
    """What is older than a day goes."""
    oldest = (now() - KEPT).timestamp()
    for path in _folder().glob("*"):
        if path.stat().st_mtime < oldest:
            path.unlink(missing_ok=True)


def _load(order_id: str) -> Order | None:
    try:
        said: dict[str, Any] = json.loads((_folder() / f"{order_id}.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    return Order(**said | {"items": tuple(said["items"])})


def _save(one: Order) -> None:
    make_private_folder(_folder())
    replace_durably(_folder() / f"{one.id}.json", json.dumps(asdict(one)).encode())


def _folder() -> Path:
    return Path(settings.YIDANG.home) / "disputes"


def _key() -> bytes:
    return vault().cipher_key("dispute-files")
