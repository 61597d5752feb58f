"""Asking for the analysis of a month: who may, over which files, and the row in the ledger."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction

from yidang.claims.drg.analysis import Analysis, analyse
from yidang.claims.drg.keeping import current
from yidang.claims.drg.rules import Grouper
from yidang.claims.drg.stays import months
from yidang.claims.history import connect
from yidang.identity.policy import Grant, Permission
from yidang.kernel.clock import today
from yidang.ledger.operations import append

_PROVIDER = re.compile(r"[A-Za-z0-9]{0,20}")
_MEMORY = "300MB"


@contextmanager
def _history() -> Iterator[Any]:
    db = connect(memory=_MEMORY, threads=1)
    try:
        yield db
    finally:
        db.close()


@transaction.atomic
def analysis(
    *, grant: Grant, month: str, provider: str, exported: bool = False
) -> tuple[Analysis | None, list[str], Grouper]:
    """The analysis of `month`, of the newest one where it has no stays; None where there are no stays at all."""
    grant.require(Permission.SEE_CLAIMS)
    grouper = Grouper(current(today()))
    with _history() as db:
        known = months(db)
        if not known:
            return None, known, grouper
        chosen = month if month in known else known[0]
        wanted = provider if _PROVIDER.fullmatch(provider) else ""
        made = analyse(db, grouper, chosen, wanted)
    action = "claims.drg_exported" if exported else "claims.drg_shown"
    append(action=action, actor=grant.actor, facts={"month": chosen, "stays": made.total.cases})
    return made, known, grouper
