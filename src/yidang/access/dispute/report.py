"""What a judge reads: the records and everything that happened to them, in Chinese."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.module_loading import import_string

from yidang.access.dispute.events import Log, ProvedEvent
from yidang.holdings.description import Description, specs
from yidang.holdings.models import Item
from yidang.holdings.queries import VersionEntry, description, versions
from yidang.holdings.showing import text_of
from yidang.identity.names import names_of
from yidang.kernel.clock import CHINA, now


@dataclass(frozen=True)
class Row:
    position: int
    at: str
    action: str
    actor: str


@dataclass(frozen=True)
class RecordPart:
    code: str
    title: str
    fields: Sequence[tuple[str, str]]  # name in Chinese, value in clear: the file holds the record in clear too
    versions: Sequence[VersionEntry]
    events: Sequence[Row]


@dataclass(frozen=True)
class Report:
    number: str
    bureau: str
    made_at: str
    made_by: str
    origin: str
    size: int
    root: str
    outside: int
    records: Sequence[RecordPart]

    @property
    def events(self) -> int:
        return sum(len(record.events) for record in self.records)


def report_of(
    *, number: str, items: Sequence[Item], events: Sequence[ProvedEvent], log: Log, made_by: str, outside: int
) -> Report:
    with translation.override("zh-hans"):
        names = names_of(event.actor for event in events)
        labels: Mapping[str, Any] = import_string(settings.ACTION_LABELS)
        rows: dict[Any, list[Row]] = {item.pk: [] for item in items}
        for event in events:
            said = str(labels.get(event.action, event.action))
            rows[event.subject].append(Row(event.position, clock(event.at), said, names[event.actor]))
        return Report(
            number=number,
            bureau=settings.YIDANG.bureau_name,
            made_at=clock(now()),
            made_by=made_by,
            origin=log.head.origin,
            size=log.head.size,
            root=log.head.root.hex(),
            outside=outside,
            records=[_part(item, rows[item.pk]) for item in items],
        )


def _part(item: Item, rows: Sequence[Row]) -> RecordPart:
    described = description(item)
    return RecordPart(
        code=item.reference_code or item.working_number,
        title=described.title,
        fields=_fields(described),
        versions=versions(item),
        events=rows,
    )


def _fields(described: Description) -> list[tuple[str, str]]:
    found = ((spec, described.fields.get(key)) for key, spec in specs().items())
    return [(spec.title_zh, text_of(spec, field)) for spec, field in found if field is not None]


def html(report: Report) -> bytes:
    with translation.override("zh-hans"):
        return render_to_string("access/dispute_report.html", {"report": report}).encode()


def clock(at: datetime) -> str:
    return at.astimezone(CHINA).strftime("%Y-%m-%d %H:%M:%S")
