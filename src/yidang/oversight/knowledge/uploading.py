"""A table handed in by browser: read where it lies, then gone. It names no person, but what else does a file hold?"""

import shutil
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings

from yidang.identity.policy import Grant
from yidang.kernel.errors import Invalid
from yidang.oversight.knowledge import operations
from yidang.oversight.knowledge.models import KnowledgeVersion

LARGEST = 32 * 2**20
_KINDS = (".csv", ".xlsx")


def hand_in(*, grant: Grant, file: Any, kind: str, source: str, effective_from: str) -> KnowledgeVersion:
    """Raises Invalid `claims_upload_missing`, `claims_upload_kind`, `claims_file_too_large`, and those of `draft`."""
    if file is None:
        raise Invalid("claims_upload_missing")
    suffix = Path(file.name or "").suffix.lower()
    if suffix not in _KINDS:
        raise Invalid("claims_upload_kind")
    if (file.size or 0) > LARGEST:
        raise Invalid("claims_file_too_large", file=f"1{suffix}", limit=LARGEST // 2**20)
    place = Path(settings.YIDANG.home) / "run"
    place.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="knowledge-", dir=place))
    try:
        path = folder / f"table{suffix}"
        with path.open("wb") as target:
            for chunk in file.chunks():
                target.write(chunk)
        given = operations.Given(path, kind, source, _day(effective_from))
        return operations.draft(grant=grant, given=given)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise Invalid("knowledge_date_wrong", field="effective_from") from None
