"""The rows of volumes locked in one order, and what stood before each step, so that it can be undone."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, QuerySet

from yidang.holdings.models import Item, Volume, VolumeStep
from yidang.holdings.operations.drafting import DRAFT_STATES
from yidang.identity.policy import Grant, Permission
from yidang.kernel import clock
from yidang.kernel.errors import Conflict, NotFound
from yidang.ledger.operations import append

_KEPT = 20  # steps a volume can be taken back


def lock_volumes(ids: Iterable[UUID], *, dissolved: bool = False) -> dict[UUID, Volume]:
    """By their id, so that no two who arrange wait for each other. Raises NotFound `volume_not_found`."""
    wanted = set(ids)
    rows = Volume.objects.select_for_update(of=("self",)).select_related("series").filter(pk__in=wanted).order_by("pk")
    found = {row.pk: row for row in (rows if dissolved else rows.filter(dissolved_at=None))}
    if wanted - found.keys():
        raise NotFound("volume_not_found")
    return found


def lock_open(ids: Iterable[UUID], *, dissolved: bool = False) -> dict[UUID, Volume]:
    """Raises Conflict `volume_sealed` besides."""
    found = lock_volumes(ids, dissolved=dissolved)
    for volume in found.values():
        if volume.sealed_at is not None:
            raise Conflict("volume_sealed", reference_code=volume.reference_code)
    return found


def in_order(items: QuerySet[Item]) -> QuerySet[Item]:
    """As arranged; sealed, the 件号 tell."""
    return items.order_by("reference_code", F("volume_position").asc(nulls_last=True), "working_number")


def lock_items(volume: Volume) -> list[Item]:
    """As arranged."""
    list(Item.objects.select_for_update(of=("self",)).filter(volume=volume).order_by("pk").values_list("pk"))
    return list(in_order(Item.objects.filter(volume=volume)))


def lay(volume: Volume | None, items: Sequence[Item], *, after: int = 0) -> None:
    for position, item in enumerate(items, start=after + 1):
        item.volume, item.volume_position = volume, position if volume else None
    Item.objects.bulk_update(items, ["volume", "volume_position"], batch_size=500)


def remember(grant: Grant, kind: str, volumes: Sequence[Volume]) -> None:
    """Before the step is taken."""
    ids = [volume.pk for volume in volumes]
    VolumeStep.objects.create(
        kind=kind,
        at=clock.now(),
        actor=grant.actor,
        volumes=ids,
        before={str(volume.pk): _standing(volume) for volume in volumes},
    )
    for pk in ids:
        old = VolumeStep.objects.filter(volumes__contains=[pk]).order_by("-id").values_list("pk", flat=True)[_KEPT:]
        VolumeStep.objects.filter(pk__in=list(old)).delete()


def _standing(volume: Volume) -> dict[str, Any]:
    items = in_order(Item.objects.filter(volume=volume)).values_list("pk", flat=True)
    return {"is_dissolved": volume.dissolved_at is not None, "items": [str(pk) for pk in items]}


def last_step(volume_id: UUID) -> VolumeStep | None:
    return VolumeStep.objects.filter(volumes__contains=[volume_id]).order_by("-id").first()


@transaction.atomic
def undo_step(grant: Grant, *, volume_id: UUID) -> None:
    """Takes the last step back: what lay where lies there again, as far as it is still a draft that waits.

    Raises:
        Conflict: `volume_nothing_to_undo`, `volume_step_not_last` when another volume of the step went on since.
    """
    grant.require(Permission.DESCRIBE)
    lock_open([volume_id])
    step = last_step(volume_id)
    if step is None:
        raise Conflict("volume_nothing_to_undo")
    volumes = lock_open(step.volumes, dissolved=True)
    if any(last_step(pk) != step for pk in volumes):
        raise Conflict("volume_step_not_last")
    _restore(step, volumes)
    append(action="volume.step_undone", actor=grant.actor, subject=volume_id, facts={"step": step.kind})
    step.delete()
    _let_go(pk for pk in volumes if last_step(pk) is None)


def _restore(step: VolumeStep, volumes: dict[UUID, Volume]) -> None:
    wanted = {UUID(pk): [UUID(item) for item in before["items"]] for pk, before in step.before.items()}
    movable = {item.pk: item for item in _movable(volumes, [pk for items in wanted.values() for pk in items])}
    lay(None, list(movable.values()))
    for pk, volume in volumes.items():
        before = step.before[str(pk)]
        lay(volume, [movable[item] for item in wanted[pk] if item in movable])
        volume.dissolved_at = (volume.dissolved_at or clock.now()) if before["is_dissolved"] else None
        volume.save(update_fields=["dissolved_at"])


def _movable(volumes: dict[UUID, Volume], wanted: Sequence[UUID]) -> Iterable[Item]:
    """Drafts of the volumes' own place that lie in one of them, or came out of one and lie in none."""
    one = next(iter(volumes.values()))
    drafts = Item.objects.select_for_update(of=("self",)).filter(
        state__in=DRAFT_STATES, series=one.series_id, year=one.year
    )
    inside, outside = drafts.filter(volume__in=list(volumes)), drafts.filter(pk__in=wanted, volume=None)
    return sorted([*inside.order_by("pk"), *outside.order_by("pk")], key=lambda item: item.pk)


def forget_steps(volume: Volume) -> None:
    """With the seal nothing is undone any more, and what was merged away goes for good."""
    steps = VolumeStep.objects.filter(volumes__contains=[volume.pk])
    touched = {pk for volumes in steps.values_list("volumes", flat=True) for pk in volumes}
    steps.delete()
    _let_go(touched)


def _let_go(volumes: Iterable[UUID]) -> None:
    gone = list(
        Volume.objects.filter(pk__in=volumes, dissolved_at__isnull=False, items=None).values_list("pk", flat=True)
    )
    VolumeStep.objects.filter(volumes__overlap=gone).delete()
    Volume.objects.filter(pk__in=gone).delete()
