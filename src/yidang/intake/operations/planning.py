"""Which files become which items, written down before any is read."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Max, Q

from yidang.intake import jobs
from yidang.intake.limits import LIMITS
from yidang.intake.models import Accession, CatalogueRow, FileOutcome, ReceivedFile
from yidang.intake.operations.bulk import save_groups
from yidang.intake.operations.quarantining import set_aside
from yidang.intake.sealed import full_path, path_of, seal_row_facts, values_of
from yidang.intake.unfold import linking
from yidang.intake.unfold.boundaries import Entry, group, strip_shared_top
from yidang.intake.unfold.linking import CatalogueEntry, Link

PAPER_CODES = frozenset({"", "row_file_missing"})


@transaction.atomic
def plan(accession: Accession) -> None:
    """Gives every unplanned file and row its group and sets the groups' reading going. Safe to repeat."""
    Accession.objects.select_for_update().get(pk=accession.pk)
    files = list(accession.files.filter(outcome=FileOutcome.RECEIVED, group=None).select_related("container"))
    rows = list(accession.rows.filter(group=None, item=None, code=""))
    planner = _Planner(accession, files, rows)
    if accession.rows.exists():
        planner.by_catalogue()
    else:
        planner.by_folders()
    planner.save()
    _set_going(accession, planner.sizes)
    if not planner.sizes:  # planned when it was received
        for number in unread_groups(accession):
            jobs.defer("read_groups", once=True, accession=str(accession.pk), first=number, last=number)


class _Planner:
    def __init__(self, accession: Accession, files: Sequence[ReceivedFile], rows: Sequence[CatalogueRow]) -> None:
        self._files = {str(file.id): file for file in files}
        self._rows = {row.pk: row for row in rows}
        self._next = _last_group(accession) + 1
        self._refused: list[tuple[ReceivedFile, str, dict[str, Any]]] = []
        self._accession = accession
        self.sizes: dict[int, tuple[int, int]] = {}

    def by_folders(self) -> None:
        for entries in group(self._entries()):
            self._give_group(entries)

    def by_catalogue(self) -> None:
        by_number = dict(enumerate(self._rows.values()))
        described = [CatalogueEntry(n, values_of(row)) for n, row in by_number.items()]
        links, loose = linking.link(described, self._entries())
        for linked in links:
            self._take_row(by_number, linked)
        for one in loose:
            if self._files[one.key].is_vouched:
                self._give_group([one])
            else:
                self._refused.append((self._files[one.key], "file_without_row", {}))

    def _take_row(self, rows: dict[int, CatalogueRow], linked: Link) -> None:
        row = rows[linked.row.number]
        facts = dict(linked.facts)
        if "other" in facts:
            facts["other"] = rows[int(str(facts["other"]))].number
        row.code = linked.code
        row.facts = seal_row_facts(row.file_id, row.number, facts)
        if linked.code and linked.files:
            with_row = facts | {"row": row.number}
            self._refused += [(self._files[one.key], linked.code, with_row) for one in linked.files]
        elif linked.files or linked.code in PAPER_CODES:
            row.group = self._give_group(linked.files)

    def _entries(self) -> list[Entry]:
        """Paths relative to what they came in: the one folder around everything is no item."""
        by_root: dict[str, list[ReceivedFile]] = {}
        for file in self._files.values():
            by_root.setdefault(str(file.container_id or ""), []).append(file)
        entries = []
        for root, files in by_root.items():
            paths = [path_of(file) for file in files]
            if root or self._accession.channel == "browser":
                paths = strip_shared_top(paths)
            entries += [Entry(str(f.id), path, root) for f, path in zip(files, paths, strict=True)]
        order = {
            str(file.id): (full_path(file.container) if file.container else "", file.position)
            for file in self._files.values()
        }
        return sorted(entries, key=lambda entry: order[entry.key])

    def _give_group(self, entries: Iterable[Entry]) -> int:
        number, self._next = self._next, self._next + 1
        count, size = 0, 0
        for ordinal, entry in enumerate(entries):
            file = self._files[entry.key]
            if file.group is None:
                file.group, file.ordinal = number, ordinal
                count, size = count + 1, size + file.size
        self.sizes[number] = (count, size)
        return number

    def save(self) -> None:
        planned = [file for file in self._files.values() if file.group is not None]
        save_groups(planned)
        CatalogueRow.objects.bulk_update(list(self._rows.values()), ["group", "code", "facts"], batch_size=1000)
        if self._refused:
            set_aside(list({file.pk: (file, code, facts) for file, code, facts in self._refused}.values()))


def _last_group(accession: Accession) -> int:
    files = accession.files.aggregate(last=Max("group"))["last"] or 0
    return max(files, accession.rows.aggregate(last=Max("group"))["last"] or 0)


def _set_going(accession: Accession, sizes: dict[int, tuple[int, int]]) -> None:
    """Jobs of neighbouring groups, small enough to be held in memory."""
    first, files, held = 0, 0, 0
    for number, (count, size) in sizes.items():
        if first and (files + count > LIMITS.batch_files or held + size > LIMITS.batch_bytes):
            jobs.defer("read_groups", accession=str(accession.pk), first=first, last=number - 1)
            first, files, held = 0, 0, 0
        first, files, held = first or number, files + max(count, 1), held + size
    if first:
        jobs.defer("read_groups", accession=str(accession.pk), first=first, last=max(sizes))


def unread_groups(accession: Accession) -> list[int]:
    """Groups whose files or paper-only rows were planned and not yet read."""
    files = accession.files.filter(outcome=FileOutcome.RECEIVED).exclude(group=None)
    rows = accession.rows.filter(Q(item=None), Q(code__in=PAPER_CODES)).exclude(group=None)
    read = accession.files.exclude(outcome=FileOutcome.RECEIVED).exclude(group=None)
    paper = rows.exclude(group__in=read.values("group"))
    numbers = {*files.values_list("group", flat=True), *paper.values_list("group", flat=True)}
    return sorted(number for number in numbers if number is not None)
