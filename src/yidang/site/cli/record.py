"""One record as `show` tells it."""

from typing import Any


def as_shown(code: str, grant: Any) -> dict[str, Any]:
    """Description and history of the record, and the ledger row for having shown it."""
    from django.db import transaction

    from yidang.holdings import queries
    from yidang.ledger.operations import append

    with transaction.atomic():
        item = queries.get_item(grant, code)
        append(
            action="item.viewed",
            actor=grant.actor,
            subject=item.id,
            facts={"reference_code": item.reference_code, "version": item.version},
        )
        return _facts(item)


def _facts(item: Any) -> dict[str, Any]:
    from yidang.holdings import queries

    description = queries.description(item)
    return {
        "reference_code": item.reference_code,
        "working_number": item.working_number,
        "id": str(item.id),
        "title": description.title,
        "fonds": item.series.fonds_id,
        "series": item.series_id,
        "year": item.year,
        "term": item.term,
        "state": item.state,
        "version": item.version,
        "document_type": item.document_type,
        "pages": item.page_count,
        "description": {key: field.to_json() for key, field in description.fields.items()},
        "aliases": list(item.aliases.values_list("reference_code", flat=True)),
        "files": _files(item),
        "history": _history(item),
    }


def _files(item: Any) -> list[dict[str, Any]]:
    return [{"media_type": f.media_type, "puid": f.puid, "bytes": f.size} for f in item.files.all()]


def _history(item: Any) -> list[dict[str, Any]]:
    from yidang.ledger.queries import history

    return [
        {"at": event.at, "action": event.action, "actor": event.actor, "position": event.position}
        for event in history(item.id)
    ]
