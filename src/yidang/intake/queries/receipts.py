"""The receipt 接收凭证 of an accession: what was handed over, to the byte."""

import hashlib
import json
from typing import Any

from yidang.intake.models import Accession, FileOutcome
from yidang.intake.sealed import path_of, sm3_of


def receipt(accession: Accession) -> dict[str, Any]:
    """`files` as handed over, archives unopened; `sm3` is null for an upload in pieces until it is read."""
    files = accession.files.filter(container=None).exclude(outcome=FileOutcome.UPLOADING).order_by("position")
    listed = [
        {"path": path_of(file), "bytes": file.size, "sm3": digest.hex() if (digest := sm3_of(file)) else None}
        for file in files
    ]
    return {
        "accession": accession.number,
        "series": accession.series_id,
        "year": accession.year,
        "opened_at": accession.opened_at.isoformat(),
        "closed_at": accession.closed_at.isoformat() if accession.closed_at else None,
        "files": listed,
        "total_files": len(listed),
        "total_bytes": sum(file["bytes"] for file in listed),
    }


def receipt_digest(receipt: dict[str, Any]) -> bytes:
    text = json.dumps(receipt, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.new("sm3", text.encode()).digest()
