"""Orders, results, leaves and measurements of a stay: one sealed JSON per settlement."""

import json
from collections.abc import Iterator
from typing import Any

from yidang.claims.importing.laying import lay_over
from yidang.claims.models import ClinicalExtract
from yidang.claims.tables import EXTRACTS, TABLES
from yidang.crypto.fields import open_json, seal_fields

_TABLE = "claims_clinical_extract"
_NOT_OF_IT = ("claim", "person", "month")
_MANY = 20_000
Body = dict[str, list[dict[str, Any]]]


def opened(extract: ClinicalExtract) -> Body:
    body: Body = open_json(bytes(extract.sealed), table=_TABLE, row=str(extract.pk), field="")
    return body


def store(db: Any) -> None:
    """What comes later to a stay stands beside what came with it."""
    asked = db.execute(_chosen())
    while rows := asked.fetchmany(_MANY):
        found = dict(rows)
        for standing in ClinicalExtract.objects.extra(where=["claim = ANY(%s)"], params=[list(found)]):
            found[standing.pk] = _beside(opened(standing), json.loads(found[standing.pk]))
        lay_over("claims_clinicalextract", ("claim", "sealed"), ("int8", "bytea"), _sealed(found))


def _sealed(found: dict[int, str]) -> Iterator[tuple[int, bytes]]:
    values = ((str(claim), body.encode()) for claim, body in found.items())
    return zip(found, seal_fields(values, table=_TABLE, field=""), strict=True)


def _beside(before: Body, fresh: Body) -> str:
    for kind, rows in before.items():
        later = fresh.setdefault(kind, [])
        later[:0] = [row for row in rows if row not in later]
    return json.dumps(fresh, ensure_ascii=False, separators=(",", ":"))


def _chosen() -> str:
    """Of every settlement with extracts the JSON {"orders": […], …}, without the kinds it has none of."""
    parts = " UNION ALL ".join(
        f"SELECT claim, '{name}' AS kind, to_json(list({_row(name)})) AS rows FROM good_{name} GROUP BY claim"
        for name in EXTRACTS
    )
    return f"SELECT claim, json_group_object(kind, rows)::VARCHAR FROM ({parts}) GROUP BY claim"


def _row(table: str) -> str:
    return "{" + ", ".join(f"'{key}': {key}" for key in TABLES[table] if key not in _NOT_OF_IT) + "}"
