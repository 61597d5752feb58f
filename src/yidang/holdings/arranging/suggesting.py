"""Volumes suggested from person, case and year. Compared are keyed digests; nothing is kept until it is confirmed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from yidang.holdings.arranging.rules import Group, Paper, groups
from yidang.holdings.description import Description, Field
from yidang.holdings.identifiers import DOCUMENT_NUMBER, ID_NUMBER, NAME
from yidang.holdings.models import Item, Series, Volume
from yidang.holdings.operations.drafting import DRAFT_STATES
from yidang.holdings.operations.volumes import add_to_volume, create_volume
from yidang.holdings.queries import description
from yidang.holdings.sealing import blind, blind_identifiers
from yidang.holdings.veil import veil_of
from yidang.holdings.visibility import visible_items
from yidang.identity.policy import Grant, Permission
from yidang.kernel.errors import Conflict, NotFound
from yidang.ledger.operations import append

MOST_DRAFTS = 1000
_STAY = "stay"


@dataclass(frozen=True)
class SuggestedItem:
    item: Item
    title: str
    formed_on: date | None


@dataclass(frozen=True)
class Suggestion:
    """`title` is covered as every title is; left as it is, the volume gets it in full."""

    papers: Sequence[SuggestedItem]
    title: str
    has_person: bool
    has_case: bool
    is_by_name: bool

    @property
    def pages(self) -> int:
        return sum(paper.item.page_count for paper in self.papers)


@dataclass(frozen=True)
class Suggestions:
    """`left`: drafts that belong to no suggestion. `is_cut`: more drafts wait than were looked at."""

    found: Sequence[Suggestion]
    left: int
    is_cut: bool


@transaction.atomic
def suggest(grant: Grant, *, series: str, year: int) -> Suggestions:
    """Over the drafts of one series and year that lie in no volume. Raises NotFound `series_not_found`."""
    grant.require(Permission.DESCRIBE)
    place = _by_volume(series)
    waiting = list(_waiting(grant, place, year)[: MOST_DRAFTS + 1])
    looked_at = waiting[:MOST_DRAFTS]
    described = {item.pk: description(item) for item in looked_at}
    found = groups([_paper(item, described[item.pk], n) for n, item in enumerate(looked_at)])
    items = {item.pk: item for item in looked_at}
    shown = [
        _suggestion(grant, place, year, group, [(items[one.item], described[one.item]) for one in group.papers])
        for group in found
    ]
    facts = {"series": series, "year": year, "items": len(looked_at), "volumes": len(shown)}
    append(action="volume.suggested", actor=grant.actor, facts=facts)
    left = len(looked_at) - sum(len(one.papers) for one in shown)
    return Suggestions(shown, left, is_cut=len(waiting) > MOST_DRAFTS)


def _by_volume(series: str) -> Series:
    found = Series.objects.filter(code=series, arrangement=Series.Arrangement.BY_VOLUME).first()
    if found is None:
        raise NotFound("series_not_found", series=series)
    return found


def _waiting(grant: Grant, series: Series, year: int) -> QuerySet[Item]:
    drafts = visible_items(grant).filter(state__in=DRAFT_STATES, volume=None, series=series, year=year)
    return drafts.order_by("working_number")


def _paper(item: Item, described: Description, position: int) -> Paper:
    digests = blind_identifiers(described)

    def of(kind: str) -> frozenset[bytes]:
        return frozenset(digest for found, digest in digests if found == kind)

    return Paper(
        item=item.pk,
        position=position,
        persons=of(ID_NUMBER),
        names=of(NAME),
        cases=of(DOCUMENT_NUMBER) | _stays(described),
        formed_on=described.formed_on,
    )


def _stays(described: Description) -> frozenset[bytes]:
    """A stay in hospital is a case too: told by its house and its first day."""
    admitted, house = described.text("admitted_on"), described.text("institution")
    if not admitted:
        return frozenset()
    return frozenset(digest for _, digest in blind([(_STAY, f"{house}/{admitted}")]))


def _suggestion(
    grant: Grant, series: Series, year: int, group: Group, papers: Sequence[tuple[Item, Description]]
) -> Suggestion:
    proposed = propose(series, year, [described for _, described in papers])
    return Suggestion(
        papers=[
            SuggestedItem(item, veil_of(grant, item, described).over(described.title), described.formed_on)
            for item, described in papers
        ],
        title=veil_of(grant, papers[0][0], proposed).over(proposed.title),
        has_person=group.has_person,
        has_case=group.has_case,
        is_by_name=group.is_by_name,
    )


def propose(series: Series, year: int, papers: Iterable[Description]) -> Description:
    """Whose, which case, what, of which year: 案卷题名. The name stands in a field too, so that it can be covered."""
    told = list(papers)
    name = next(filter(None, (one.text("person_name") for one in told)), "")
    numbers = {one.text("document_number") for one in told}
    case = f"（{numbers.pop()}）" if len(numbers) == 1 and numbers != {""} else ""
    fields = {"title": f"{name}{year}年{series.title_zh}{case}", "person_name": name}
    return Description({key: Field(value, source="machine") for key, value in fields.items() if value})


@transaction.atomic
def compose_volume(grant: Grant, *, series: str, year: int, item_ids: Sequence[UUID], title: str = "") -> Volume:
    """A suggestion confirmed: an open volume with these drafts, in this order.

    Raises:
        NotFound: `series_not_found`. Conflict: `volume_choice_wrong` when one of them lies in a volume by now.
    """
    grant.require(Permission.DESCRIBE)
    place = _by_volume(series)
    loose = {item.pk: item for item in _waiting(grant, place, year).filter(pk__in=item_ids)}
    if not item_ids or loose.keys() != set(item_ids):
        raise Conflict("volume_choice_wrong")
    described = propose(place, year, [description(loose[pk]) for pk in item_ids])
    if title.strip():
        described = described.with_fields({"title": Field(title.strip(), source="person")})
    made = create_volume(grant, series=series, year=year, description=described)
    add_to_volume(grant, volume_id=made.pk, item_ids=item_ids)
    return made
