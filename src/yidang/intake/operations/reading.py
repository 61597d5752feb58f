"""Received files become drafts: looked at one by one, written down together."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import DatabaseError, transaction

from yidang.holdings.drafts import Draft, DraftFile
from yidang.holdings.models import Item, Page
from yidang.holdings.operations import await_confirmation, create_drafts
from yidang.identity.policy import system_grant
from yidang.intake import jobs, turns
from yidang.intake.limits import LIMITS
from yidang.intake.models import Accession, CatalogueRow, FileOutcome, ReceivedFile
from yidang.intake.operations import describing, filing, watch
from yidang.intake.operations.bulk import save_settled
from yidang.intake.operations.cataloguing import is_catalogue_missing
from yidang.intake.operations.claiming import Claims, claim
from yidang.intake.operations.describing import Described
from yidang.intake.operations.looking import Looked, look_at
from yidang.intake.operations.planning import PAPER_CODES
from yidang.intake.operations.quarantining import set_aside
from yidang.intake.sealed import full_path, seal_row_facts, sm3_of, values_of
from yidang.kernel.errors import Invalid, Unavailable
from yidang.preservation.content import remembering, staged

GRANT = system_grant("intake")


@dataclass
class Group:
    """Files that become one item, and the catalogue row that describes them."""

    looked: list[Looked] = field(default_factory=list)
    row: CatalogueRow | None = None
    is_held: bool = False  # something about it needs a person, however sure the machine is

    @property
    def values(self) -> dict[str, str]:
        return values_of(self.row) if self.row else {}


@remembering()
def read_groups(*, accession_id: UUID, first: int, last: int) -> None:
    """Reads planned groups and files what is sure. Safe to repeat and to run twice at once."""
    accession = Accession.objects.get(pk=accession_id)
    for files in _turns(accession, first, last):
        _read_turn(accession, files)
    _enter_paper(accession, first, last)
    items = Item.objects.filter(received_files__accession=accession, received_files__group__range=(first, last))
    rows = Item.objects.filter(cataloguerow__accession=accession, cataloguerow__group__range=(first, last))
    filing.file_those_ready(accession, {*items.values_list("pk", flat=True), *rows.values_list("pk", flat=True)})


def _turns(accession: Accession, first: int, last: int) -> list[list[ReceivedFile]]:
    """Fresh files together; after a crash every group alone, so that only the file at fault is counted."""
    files = accession.files.filter(outcome=FileOutcome.RECEIVED, group__range=(first, last))
    ordered = list(files.select_related("container__container").order_by("group", "ordinal"))
    if not any(turns.tried(file) for file in ordered):
        return [ordered] if ordered else []
    groups: dict[int | None, list[ReceivedFile]] = defaultdict(list)
    for file in ordered:
        groups[file.group].append(file)
    return list(groups.values())


def _read_turn(accession: Accession, files: Sequence[ReceivedFile]) -> None:
    worn = [file for file in files if turns.is_worn(file)]
    if worn:
        set_aside([(file, "file_ends_reader", {"times": LIMITS.attempts}) for file in worn])
    rest = [file for file in files if file not in worn]
    with _attempt(rest):
        looked = [_look_watched(file) for file in rest]
        _settle(accession, looked)


def _look_watched(file: ReceivedFile) -> Looked:
    with watch.watched(watch.FILE_SECONDS + file.size / watch.BYTES_A_SECOND):
        return look_at(file)


@contextmanager
def _attempt(files: Sequence[ReceivedFile]) -> Iterator[None]:
    rows = ReceivedFile.objects.filter(pk__in=[file.pk for file in files])
    turns.begin(rows)
    try:
        yield
    except (Unavailable, DatabaseError):
        turns.give_back(rows)  # not the files' fault
        raise


@transaction.atomic
def _settle(accession: Accession, looked: Sequence[Looked]) -> None:
    fresh = _still_ours(looked)
    set_aside([_reason(one) for one in fresh if one.problem])
    groups = _groups(accession, fresh)
    claims = claim([[one.file for one in group.looked] for group in groups])
    _write_drafts(accession, groups, claims)


def _still_ours(looked: Sequence[Looked]) -> list[Looked]:
    """A twin of this job may have settled some of them meanwhile."""
    rows = ReceivedFile.objects.select_for_update().filter(
        pk__in=[one.file.pk for one in looked], outcome=FileOutcome.RECEIVED
    )
    waiting = set(rows.order_by("pk").values_list("pk", flat=True))
    return [one for one in looked if one.file.pk in waiting]


def _reason(looked: Looked) -> tuple[ReceivedFile, str, dict[str, Any]]:
    problem = looked.problem
    assert problem is not None  # noqa: S101 - for the type checker
    return looked.file, problem.code, dict(problem.facts)


def _groups(accession: Accession, looked: Sequence[Looked]) -> list[Group]:
    numbers = [one.file.group for one in looked]
    rows = {row.group: row for row in accession.rows.filter(group__in=numbers)}
    groups: dict[int | None, Group] = defaultdict(Group)
    for one in looked:
        group = groups[one.file.group]
        group.row = rows.get(one.file.group)
        if one.problem:
            group.is_held = True  # a page of it is missing
        else:
            group.looked.append(one)
    return [part for group in groups.values() if group.looked for part in _parted(group)]


def _parted(group: Group) -> list[Group]:
    """The names promised single pictures; where the bytes say otherwise, every file is an item of its own."""
    if group.row or len(group.looked) == 1 or all(one.is_single_picture for one in group.looked):
        return [group]
    return [Group([one]) for one in group.looked]


def _write_drafts(accession: Accession, groups: Sequence[Group], claims: Claims) -> None:
    is_held = is_catalogue_missing(accession)
    drafts, owners = [], []
    for group in groups:
        kept = [one for one in group.looked if one.file.pk in claims.kept]
        if not kept:
            continue
        try:
            described = _describe(group, kept)
        except Invalid as problem:
            set_aside([(one.file, problem.code, dict(problem.facts)) for one in kept])
            continue
        if group.is_held or is_held:
            described = Described(described.description, described.document_type, 0.0)
        drafts.append(_draft(accession, described, kept, describing.year_of(group.values, default=accession.year)))
        owners.append((group, kept))
    items = create_drafts(GRANT, drafts)
    for item, (group, kept) in zip(items, owners, strict=True):
        _link(item, group, kept)
    _save(groups, claims)
    _send_on(items, drafts)


def _describe(group: Group, kept: Sequence[Looked]) -> Described:
    name = full_path(kept[0].file)
    recording = next((one.recording for one in kept if one.recording), None)
    if recording:
        return describing.describe_recording(recording, group.values, name)
    if all(one.is_read for one in kept):
        return describing.describe_text([text for one in kept for text in one.texts()], group.values, name)
    return describing.describe_unread(group.values, name)


def _draft(accession: Accession, described: Described, kept: Sequence[Looked], year: int) -> Draft:
    return Draft(
        series=accession.series_id,
        year=year,
        description=described.description,
        files=[_draft_file(one) for one in kept],
        accession=accession.pk,
        document_type=described.document_type,
        confidence=described.confidence,
    )


def _draft_file(looked: Looked) -> DraftFile:
    file, found = looked.file, looked.format
    assert found is not None and file.digest is not None  # noqa: S101, PT018 - settled by looking
    return DraftFile(
        locator=staged(file.staged),
        media_type=found.media_type,
        size=file.size,
        digest=bytes(file.digest),
        puid=found.puid,
        name=full_path(file),
        sm3=sm3_of(file) or b"",
        pages=looked.pages,
    )


def _link(item: Item, group: Group, kept: Iterable[Looked]) -> None:
    for one in kept:
        one.file.item, one.file.outcome = item, FileOutcome.READING
    if group.row:
        CatalogueRow.objects.filter(pk=group.row.pk).update(item=item)


def _save(groups: Sequence[Group], claims: Claims) -> None:
    files = [one.file for group in groups for one in group.looked if one.file.outcome != FileOutcome.QUARANTINED]
    by_id = {file.pk: file for file in files}
    for file in files:
        original = claims.duplicates.get(file.pk)
        if original is not None:
            file.outcome = FileOutcome.DUPLICATE
            owner = by_id.get(original.file) if original.file else None
            file.item_id = owner.item_id if owner else original.item
    save_settled(files)
    filing.drop_staged([file for file in files if file.outcome == FileOutcome.DUPLICATE])


def _send_on(items: Sequence[Item], drafts: Sequence[Draft]) -> None:
    """Pages without text go to the readers, items that are read and unsure to the confirm desk."""
    unread = [item.pk for item, draft in zip(items, drafts, strict=True) if not _is_read(draft)]
    pages = Page.objects.filter(item__in=unread, is_read=False).order_by("item__working_number", "number")
    jobs.defer_many("read_page", [{"page": str(page)} for page in pages.values_list("pk", flat=True)])
    filing.settle_waiting([item.pk for item in items if item.pk not in set(unread) and not filing.is_sure(item)])


def _is_read(draft: Draft) -> bool:
    return all(page.reading is not None for file in draft.files for page in file.pages)


@transaction.atomic
def _enter_paper(accession: Accession, first: int, last: int) -> None:
    """Rows that speak of no file: the record exists on paper only, under its old number."""
    rows = accession.rows.select_for_update().filter(item=None, group__range=(first, last), code__in=PAPER_CODES)
    taken = set(accession.files.filter(group__range=(first, last)).values_list("group", flat=True))
    drafts, owners = [], []
    for row in rows:
        if row.group in taken:
            continue
        try:
            described = describing.describe_unread(values_of(row), f"第 {row.number} 行")
        except Invalid as problem:
            _mark_row(row, problem)
            continue
        drafts.append(
            Draft(
                series=accession.series_id,
                year=describing.year_of(values_of(row), default=accession.year),
                description=described.description,
                accession=accession.pk,
                confidence=0.0 if row.code else described.confidence,
                is_paper_only=True,
            )
        )
        owners.append(row)
    items = create_drafts(GRANT, drafts)
    for row, item in zip(owners, items, strict=True):
        CatalogueRow.objects.filter(pk=row.pk).update(item=item)
    await_confirmation([item.pk for item in items if not filing.is_sure(item)])


def _mark_row(row: CatalogueRow, problem: Invalid) -> None:
    facts = seal_row_facts(row.file_id, row.number, dict(problem.facts))
    CatalogueRow.objects.filter(pk=row.pk).update(code=problem.code, facts=facts)
