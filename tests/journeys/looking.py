"""What axe and a narrow screen say of a page: on a phone and at a desk, by day and in the dark, loaded once."""

from collections.abc import Iterable, Sequence
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

from .journey import Desk

SIZES = {"phone": {"width": 390, "height": 844}, "desk": {"width": 1440, "height": 900}}
SETTLED = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
TOO_WIDE = "document.documentElement.scrollWidth > window.innerWidth"
FRAME = [".topbar", ".rail", ".bottom-bar", "#all-places"]  # the same around every page of a person
RUN_AXE = """async ([without, options]) => (await axe.run({exclude: without.map(one => [one])}, options)).violations
  .map(one => `${one.id}: ${JSON.stringify(one.nodes.map(node => node.target).slice(0, 3))}`)"""
ALL: dict[str, Any] = {"resultTypes": ["violations"]}
COLOURS = ALL | {"runOnly": ["color-contrast"]}


def broken(page: Page, options: dict[str, Any] = ALL, without: Sequence[str] = ()) -> list[str]:
    """What axe finds on the page as it stands."""
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(AXE_SCRIPT)
    return list(page.evaluate(RUN_AXE, [list(without), options]))


def faults(page: Page, without: Sequence[str] = ()) -> list[str]:
    """In every setting. A page in the dark is the same page by day in all but its colours."""
    found = [] if page.locator("h1").count() else ["no heading"]
    page.emulate_media(reduced_motion="reduce")  # colours go over at once
    for name, size in SIZES.items():
        page.set_viewport_size(size)  # type: ignore[arg-type]
        for theme, options in (("light", ALL), ("dark", COLOURS)):
            page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
            page.evaluate(SETTLED)
            found += [f"{name}, {theme}: {one}" for one in broken(page, options, without)]
        found += [f"{name}: scrolls sideways"] if page.evaluate(TOO_WIDE) else []
    page.emulate_media(color_scheme="light")
    return found


def look_round(desk: Desk, paths: Iterable[str]) -> dict[str, list[str]]:
    """The faults of each page that has any; the frame around them all is looked at with the first.

    Who is somebody is not sent to the door.
    """
    found = {}
    for number, path in enumerate(paths):
        desk.go(path)
        sent_away = ["leads to the door"] if desk.role and "/sign-in/" in desk.page.url else []
        if wrong := [*sent_away, *faults(desk.page, FRAME if number else ())]:
            found[path] = wrong
    return found
