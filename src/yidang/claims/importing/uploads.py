"""Files handed in by browser: laid down under the import's own name, then taken in by a job."""

import shutil
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction

from yidang.claims.importing.operations import BUREAU, import_claims
from yidang.claims.models import Import
from yidang.identity.policy import Grant, Permission, grant_for
from yidang.kernel.clock import now
from yidang.kernel.errors import Conflict, DomainError, Invalid

LARGEST = 256 * 2**20
_KINDS = (".csv", ".xlsx", ".json", ".jsonl")


def folder(batch_id: UUID) -> Path:
    return Path(settings.YIDANG.home) / "run" / "claims-uploads" / str(batch_id)


@transaction.atomic
def hand_in(*, grant: Grant, files: list[Any]) -> Import:
    """Raises Invalid `claims_upload_missing`, `claims_upload_kind`, `claims_file_too_large`; Conflict."""
    grant.require(Permission.IMPORT_CLAIMS)
    if not files:
        raise Invalid("claims_upload_missing")
    if Import.objects.filter(state=Import.State.WAITING).exists():
        raise Conflict("claims_import_running")
    batch = Import.objects.create(
        id=uuid4(), source=BUREAU, by_id=grant.person, began_at=now(), state=Import.State.WAITING
    )
    place = folder(batch.id)
    place.mkdir(parents=True)
    for number, one in enumerate(files, 1):
        _lay(one, number, place)
    return batch


def _lay(one: Any, number: int, place: Path) -> None:
    """Its own name may name a person: only what kind it is stays."""
    suffix = Path(one.name or "").suffix.lower()
    if suffix not in _KINDS:
        raise Invalid("claims_upload_kind")
    if (one.size or 0) > LARGEST:
        raise Invalid("claims_file_too_large", file=f"{number}{suffix}", limit=LARGEST // 2**20)
    with (place / f"{number:03}{suffix}").open("wb") as target:
        for chunk in one.chunks():
            target.write(chunk)


def take_in(batch_id: UUID) -> None:
    """The job: once, whatever becomes of it."""
    batch = Import.objects.filter(id=batch_id, state=Import.State.WAITING).select_related("by").first()
    if batch is None:
        return
    try:
        import_claims(grant=grant_for(batch.by), path=folder(batch.id), batch=batch)
    except DomainError as problem:
        Import.objects.filter(pk=batch.pk).update(state=Import.State.FAILED, problem=problem.code, ended_at=now())
    finally:
        shutil.rmtree(folder(batch.id), ignore_errors=True)
