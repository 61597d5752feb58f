"""series, search and show."""

from dataclasses import replace
from typing import Any

import click

from yidang.site.cli.frame import grant_of, settle_django
from yidang.site.cli.language import _
from yidang.site.cli.output import json_option, print_json, speaks, table


@click.command(help=_("List the series records are filed under."))
@json_option
@speaks
def series(as_json: bool) -> None:  # noqa: FBT001 - a command-line flag
    settle_django()
    from yidang.holdings.queries import series_list
    from yidang.kernel.clock import today
    from yidang.site.runtime.session import running

    with running():
        entries = series_list(today().year)
        rows = [{"code": e.code, "title": e.title, "process": e.process, "year": e.year} for e in entries]
    if as_json:
        print_json(rows)
    else:
        headings = {"code": _("Code"), "title": _("Title"), "process": _("Process"), "year": _("Year")}
        table(rows, headings)


@click.command(help=_("Search the text, names and numbers of all records."))
@click.argument("query")
@click.option("--as", "username", metavar="USER", help=_("Search as this member of staff sees it."))
@click.option("--limit", type=click.IntRange(1, 1000), default=20, show_default=True, help=_("Hits to show."))
@json_option
@speaks
def search(query: str, username: str | None, limit: int, as_json: bool) -> None:  # noqa: FBT001
    settle_django()
    from yidang.site.runtime.session import running

    with running() as session:
        session.catch_up()
        outcome = found(query, grant_of(username), limit)
    if as_json:
        print_json(outcome)
    else:
        _tell(outcome)


def found(query: str, grant: Any, limit: int) -> dict[str, Any]:
    from yidang.access import search as searching
    from yidang.access.query import parse

    results = searching.search(grant, replace(parse(query), page_size=limit))
    hits = [
        {"reference_code": hit.reference_code, "title": hit.title, "snippet": hit.snippet_text} for hit in results.hits
    ]
    return {"total": results.total, "total_exact": results.total_exact, "hits": hits}


def _tell(outcome: dict[str, Any]) -> None:
    about = "" if outcome["total_exact"] else "≈ "
    click.echo(_("{about}{total} records").format(about=about, total=outcome["total"]))
    for hit in outcome["hits"]:
        click.echo(f"{click.style(hit['reference_code'], bold=True)}  {hit['title']}")
        if hit["snippet"]:
            click.echo(f"    {hit['snippet']}")


@click.command(help=_("Show the description and the history of one record."))
@click.argument("code")
@json_option
@speaks
def show(code: str, as_json: bool) -> None:  # noqa: FBT001 - a command-line flag
    settle_django()
    from yidang.site.cli.record import as_shown
    from yidang.site.runtime.session import running

    with running():
        record = as_shown(code, grant_of(None))
    if as_json:
        print_json(record)
    else:
        _tell_record(record)


def _tell_record(record: dict[str, Any]) -> None:
    for name in ("reference_code", "title", "series", "year", "term", "state", "version", "pages"):
        click.echo(f"{name:<16}{record[name]}")
    for name, described in record["description"].items():
        click.echo(f"  {name:<14}{described['value']}")
    for event in record["history"]:
        click.echo(f"{event['at']:%Y-%m-%d %H:%M}  {event['action']:<18}{event['actor']}")
