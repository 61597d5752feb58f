"""The way of a data set: weighed, asked for, allowed by a second person, handed out, ended."""

import json
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from yidang.access.releases import risk
from yidang.access.releases.columns import Treatment, checked, knowable, sensitive
from yidang.access.releases.models import Release
from yidang.access.releases.parcel import pack
from yidang.access.releases.pseudonyms import KEY
from yidang.access.releases.rows import Treating
from yidang.crypto.fields import open_json, seal_json
from yidang.crypto.sm import sm3
from yidang.holdings.description import Description
from yidang.holdings.models import Item, ItemState
from yidang.holdings.queries import description
from yidang.holdings.visibility import visible_items
from yidang.identity.policy import Grant, Permission
from yidang.kernel import clock
from yidang.kernel.errors import Conflict, Invalid, NotFound
from yidang.ledger.operations import append

MOST_ROWS = 50_000
LEAST_K, LEAST_L = 2, 1
_TABLE = "access_release"
_AT_ONCE = 500


@dataclass(frozen=True)
class Wish:
    """What somebody wants. `k`, `l`: what the data set must hold; groups smaller than `k` are withheld."""

    title: str
    purpose: str
    recipient: str
    series: str
    first_year: int
    last_year: int
    treatments: Mapping[str, str]
    k: int = 5
    l: int = 2  # noqa: E741 - l-diversity's own name


def weigh(*, grant: Grant, wish: Wish) -> Release:
    """Makes the rows, withholds what is too rare, and writes down the risk of the rest; nothing leaves.

    Raises:
        Invalid: `release_treatment_wrong`, `release_empty`, `release_words_missing`, `release_measure_wrong`,
            `release_too_large`, `release_no_rows`.
    """
    grant.require(Permission.RELEASE_DATA)
    asker = grant.person
    treatments = checked(wish.treatments)
    if not all(text.strip() for text in (wish.title, wish.purpose, wish.recipient)):
        raise Invalid("release_words_missing")
    if wish.k < LEAST_K or wish.l < LEAST_L or wish.first_year > wish.last_year:
        raise Invalid("release_measure_wrong", k=LEAST_K, l=LEAST_L)
    plan = {
        "series": wish.series,
        "first_year": wish.first_year,
        "last_year": wish.last_year,
        "treatments": dict(treatments),
        "k": wish.k,
        "l": wish.l,
        "on": clock.today().isoformat(),
    }
    names, throwaway = secrets.token_bytes(KEY), secrets.token_bytes(KEY)
    rows, found = _rows(grant, plan, names, throwaway)
    if not rows:
        raise Invalid("release_no_rows")
    made = Release(plan=plan, risk=found, digest=_digest(rows), asked_by_id=asker, made_at=clock.now())
    if Treatment.PSEUDONYM in treatments.values():
        made.sealed_key = _sealed(made, "key", names.hex())
    made.sealed_digest_key = _sealed(made, "digest_key", throwaway.hex())
    return _keep(grant, made, wish)


@transaction.atomic
def _keep(grant: Grant, made: Release, wish: Wish) -> Release:
    words = {"title": wish.title.strip(), "purpose": wish.purpose.strip(), "recipient": wish.recipient.strip()}
    made.sealed = _sealed(made, "words", words)
    made.save()
    facts = {"number": made.number, **{name: made.risk[name] for name in ("rows", "k", "l")}}
    append(action="release.weighed", actor=grant.actor, subject=made.id, facts=facts, private=words)
    return made


def words_of(release: Release) -> dict[str, str]:
    found: dict[str, str] = opened(release, "words", release.sealed)
    return found


def find(grant: Grant, release_id: UUID) -> Release:
    """Raises NotFound: `release_not_found`."""
    grant.require(Permission.RELEASE_DATA)
    found = Release.objects.select_related("asked_by", "allowed_by").filter(id=release_id).first()
    if found is None:
        raise NotFound("release_not_found")
    return found


def holds(release: Release) -> bool:
    return bool(release.risk["k"] >= release.plan["k"] and release.risk["l"] >= release.plan["l"])


def sample(grant: Grant, release: Release, size: int = 5) -> list[risk.Row]:
    """The first rows as they would leave."""
    return _rows(grant, release.plan, *_keys(release))[0][:size] if release.sealed_digest_key else []


@transaction.atomic
def allow(*, release_id: UUID, allowed_by: UUID) -> None:
    """Carried out by the approval. Raises Conflict: `release_not_asked`."""
    release = Release.objects.select_for_update().get(id=release_id)
    if release.state not in {Release.State.WEIGHED, Release.State.ASKED}:
        raise Conflict("release_not_asked")
    release.state, release.allowed_by_id, release.allowed_at = Release.State.ALLOWED, allowed_by, clock.now()
    release.save()
    append(action="release.allowed", actor=str(allowed_by), subject=release.id, facts={"number": release.number})


def hand_out(*, grant: Grant, release_id: UUID) -> bytes:
    """A ZIP: the rows as CSV, what each column is, the risk. Handed out once; the throw-away key goes with it.

    Raises:
        Conflict: `release_not_allowed`, `release_changed` when the records are no longer those that were weighed.
    """
    release = find(grant, release_id)
    if release.state != Release.State.ALLOWED:
        raise Conflict("release_not_allowed")
    rows, _found = _rows(grant, release.plan, *_keys(release))
    if _digest(rows) != bytes(release.digest):
        raise Conflict("release_changed")
    content = pack(release.number, release.plan, release.risk, rows)
    with transaction.atomic():
        done = Release.objects.filter(pk=release.pk, state=Release.State.ALLOWED).update(
            state=Release.State.ENDED, fetched_at=clock.now(), sealed_digest_key=None
        )
        if not done:
            raise Conflict("release_not_allowed")
        facts = {"number": release.number, "rows": len(rows), "sm3": sm3(content).hex()}
        append(action="release.exported", actor=grant.actor, subject=release.id, facts=facts)
    return content


def _rows(
    grant: Grant, plan: Mapping[str, Any], names: bytes, throwaway: bytes
) -> tuple[list[risk.Row], dict[str, Any]]:
    treatments = {name: Treatment(how) for name, how in plan["treatments"].items()}
    treating = Treating(treatments, names, throwaway, date.fromisoformat(plan["on"]))
    made = list(treating.rows(_records(grant, plan)))
    telling = knowable(treatments)
    kept, withheld = risk.withheld(made, knowable=telling, least=plan["k"])
    found = risk.assess(kept, knowable=telling, sensitive=sensitive(treatments), least=plan["k"])
    return kept, asdict(found) | {"withheld": withheld, "scrubbed": dict(treating.scrubbed), "columns": telling}


def _records(grant: Grant, plan: Mapping[str, Any]) -> Iterator[tuple[Item, Description]]:
    wanted = visible_items(grant).filter(
        state=ItemState.FILED, series=plan["series"], year__range=(plan["first_year"], plan["last_year"])
    )
    if wanted.count() > MOST_ROWS:
        raise Invalid("release_too_large", limit=MOST_ROWS)
    for item in wanted.order_by("pk").iterator(chunk_size=_AT_ONCE):
        yield item, description(item)


def _keys(release: Release) -> tuple[bytes, bytes]:
    names = opened(release, "key", release.sealed_key) if release.sealed_key else "00" * KEY
    return bytes.fromhex(names), bytes.fromhex(opened(release, "digest_key", release.sealed_digest_key or b""))


def _digest(rows: list[risk.Row]) -> bytes:
    return sm3(json.dumps(rows, ensure_ascii=False, sort_keys=True).encode())


def _sealed(release: Release, field: str, value: Any) -> bytes:
    return seal_json(value, table=_TABLE, row=str(release.id), field=field)


def opened(release: Release, field: str, sealed: bytes | memoryview) -> Any:
    return open_json(bytes(sealed), table=_TABLE, row=str(release.id), field=field)
