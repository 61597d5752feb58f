"""Invented records of the access tests, filed through holdings as intake would."""

from yidang.access.feeding import catch_up
from yidang.access.query import parse
from yidang.access.search import search
from yidang.crypto.fields import content_digest
from yidang.crypto.sm import sm3
from yidang.holdings import operations
from yidang.holdings.description import Description, Field
from yidang.holdings.drafts import Draft, DraftFile, DraftPage, PageProperties
from yidang.holdings.reading import Line, PageReading
from yidang.identity.policy import PERMISSIONS, SYSTEM, Grant
from yidang.preservation import staging

ARCHIVIST = Grant(None, "tester", "archivist", PERMISSIONS["archivist"], None)
ADMIN = Grant(None, "admin", "system_admin", PERMISSIONS["system_admin"], frozenset())


def reader(department):
    return Grant(None, "reader", "reader", PERMISSIONS["reader"], frozenset({department}))


def describing(title, **values):
    fields = {"title": title, "formed_on": "2026-03-01", **values}
    return Description({key: Field(value, confidence=0.98) for key, value in fields.items()})


def reading(text):
    lines = text.split("\n")
    return PageReading([Line(line, [0.1, 0.02 * n, 0.9, 0.02 * n + 0.015], 0.99) for n, line in enumerate(lines, 1)])


def draft(
    *pages,
    title="材料",
    series="CBGR",
    year=2026,
    data=None,
    media_type="image/jpeg",
    rotation=0,
    origin="ocr",
    **values,
):
    original = data or b"\xff\xd8 invented " + repr((pages, title)).encode()
    staging_id = staging.create()
    staging.append(staging_id, 0, original)
    digest = sm3(original)
    drawn = [
        DraftPage(n, PageProperties(800, 1132, dpi=100, rotation=rotation, text_origin=origin), reading(page))
        for n, page in enumerate(pages)
    ]
    file = DraftFile(
        locator=f"staged:{staging_id}",
        media_type=media_type,
        size=len(original),
        digest=content_digest(digest),
        puid="fmt/44",
        name="扫描.jpg",
        sm3=digest,
        pages=drawn,
    )
    return Draft(series=series, year=year, description=describing(title, **values), files=[file])


def page_of(one):
    """A draft that waits."""
    (made,) = operations.create_drafts(SYSTEM, [one])
    return made


def archive(*drafts):
    """Files the drafts and feeds the index; the items in the same order."""
    made = operations.create_drafts(SYSTEM, drafts)
    filed = {item.pk: item for item in operations.file_items(SYSTEM, [item.pk for item in made])}
    catch_up()
    return [filed[item.pk] for item in made]


def ask(text="", grant=ARCHIVIST, **params):
    return search(grant, parse(text, params))


def found(text="", grant=ARCHIVIST, **params):
    """Titles of the hits, sorted; the count must say the same."""
    results = ask(text, grant, **params)
    assert results.total == len(results.hits)
    assert results.total_exact
    return sorted(hit.title for hit in results.hits)
