"""The store put right from the copies: whatever `verify` finds damaged and the copies have sound."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from yidang.crypto.keys import vault
from yidang.kernel.errors import DomainError
from yidang.preservation import fixity, places
from yidang.preservation.copies.deposit import open_deposit
from yidang.preservation.copies.store_copy import Progress, silent
from yidang.preservation.copies.store_return import heal_object
from yidang.site.config import Config
from yidang.site.copies.restoring import choose_run

Outcome = dict[str, Any]


def heal(config: Config, source: str, codes: Sequence[str] = (), *, progress: Progress = silent) -> Outcome:
    from yidang.holdings.queries import get_item
    from yidang.identity.policy import SYSTEM

    named = [get_item(SYSTEM, code).pk for code in codes]
    return heal_objects(config, source, named or _damaged(), progress=progress)


def _damaged() -> list[UUID]:
    found = {UUID(str(one.facts["object_id"])) for one in fixity.verify_all() if one.facts.get("object_id")}
    return sorted(found)


def heal_objects(config: Config, source: str, objects: Iterable[UUID], *, progress: Progress = silent) -> Outcome:
    deposit = open_deposit(source, vault(), s3_endpoint=config.s3_endpoint)
    run = choose_run(deposit, source)
    healed, files, wrong = 0, 0, list[Outcome]()
    for number, object_id in enumerate(objects):
        progress("store", number, 0)
        try:
            paths = heal_object(deposit, run, places.place_of(object_id).store, object_id)
        except DomainError as problem:
            wrong.append({"code": "heal_failed", "object_id": str(object_id), "cause": problem.code})
            continue
        healed += bool(paths)
        files += len(paths)
    return {"ok": not wrong, "objects": healed, "files": files, "differences": wrong}
