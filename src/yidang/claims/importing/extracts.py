"""Orders, results, leaves and measurements of a stay: one sealed JSON per settlement."""

import json
from typing import Any

from yidang.claims.models import ClinicalExtract
from yidang.claims.tables import EXTRACTS
from yidang.crypto.fields import open_json, seal_json

_TABLE = "claims_clinical_extract"
_NOT_OF_IT = ("_file", "_row", "state", "claim", "person", "month")
Body = dict[str, list[dict[str, Any]]]


def opened(extract: ClinicalExtract) -> Body:
    body: Body = open_json(bytes(extract.sealed), table=_TABLE, row=str(extract.pk), field="")
    return body


def store(db: Any) -> None:
    """What comes later to a stay stands beside what came with it."""
    found = _chosen(db)
    for standing in ClinicalExtract.objects.filter(pk__in=list(found)):
        for kind, rows in opened(standing).items():
            fresh = found[standing.pk].setdefault(kind, [])
            fresh[:0] = [row for row in rows if row not in fresh]
    made = [
        ClinicalExtract(settlement_id=claim, sealed=seal_json(body, table=_TABLE, row=str(claim), field=""))
        for claim, body in found.items()
    ]
    ClinicalExtract.objects.bulk_create(
        made, update_conflicts=True, unique_fields=["settlement"], update_fields=["sealed"], batch_size=2000
    )


def _chosen(db: Any) -> dict[int, Body]:
    rows = db.execute(
        " UNION ALL ".join(f"SELECT claim, '{name}', to_json(x)::VARCHAR FROM good_{name} x" for name in EXTRACTS)
    ).fetchall()
    found: dict[int, Body] = {}
    for claim, kind, body in rows:
        found.setdefault(claim, {}).setdefault(kind, []).append(_plain(json.loads(body)))
    return found


def _plain(body: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in body.items() if key not in _NOT_OF_IT}
