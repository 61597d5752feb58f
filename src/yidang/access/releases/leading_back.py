"""A pseudonym led back to its value: what only two persons can do, and only where the release kept its key."""

from uuid import UUID

from django.db import transaction

from yidang.access.releases.models import LedBack, Release
from yidang.access.releases.operations import opened
from yidang.access.releases.pseudonyms import Pseudonyms
from yidang.crypto.fields import open_json, seal_json
from yidang.identity.policy import Grant
from yidang.kernel import clock
from yidang.kernel.errors import Conflict
from yidang.ledger.operations import append


@transaction.atomic
def lead_back(*, release_id: UUID, pseudonym: str, kind: str, asked_by: UUID, allowed_by: UUID) -> LedBack:
    """Carried out by the approval.

    Raises:
        Invalid: `pseudonym_not_of_this_release`. Conflict: `release_not_reversible`.
    """
    release = Release.objects.get(id=release_id)
    value = _back(release, pseudonym, kind)
    made = LedBack(release=release, asked_by_id=asked_by, at=clock.now())
    told = {"pseudonym": pseudonym, "kind": kind, "value": value}
    made.sealed = seal_json(told, table="access_led_back", row=str(made.id), field="sealed")
    made.save()
    facts = {"number": release.number, "kind": kind, "asked_by": str(asked_by)}
    append(action="pseudonym.led_back", actor=str(allowed_by), subject=release.id, facts=facts)
    return made


def check_pseudonym(release: Release, pseudonym: str, kind: str) -> None:
    """Raises as `lead_back` does."""
    _back(release, pseudonym, kind)


def _back(release: Release, pseudonym: str, kind: str) -> str:
    if release.sealed_key is None:
        raise Conflict("release_not_reversible")
    key = bytes.fromhex(opened(release, "key", release.sealed_key))
    return Pseudonyms(key, kind).back(pseudonym)


@transaction.atomic
def led_back_for(grant: Grant, release: Release) -> list[dict[str, str]]:
    """What this person had led back, shown to nobody else; each showing is in the ledger."""
    rows = list(LedBack.objects.filter(release=release, asked_by=grant.staff_id).order_by("-at"))
    if rows:
        append(action="pseudonym.viewed", actor=grant.actor, subject=release.id, facts={"count": len(rows)})
    return [open_json(bytes(row.sealed), table="access_led_back", row=str(row.id), field="sealed") for row in rows]
