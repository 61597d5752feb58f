"""claims history: the Parquet files held against the rows, and made anew from them."""

from typing import Any

import click

from yidang.site.cli.frame import settle_django
from yidang.site.cli.language import _
from yidang.site.cli.output import HELD, WANTING, finish, json_option, note, print_json, speaks, table


@click.group(help=_("The history of claims that rules and models read."))
def history() -> None:
    pass


@history.command("rebuild", help=_("Make the history anew from the rows and say what was different."))
@click.option("--check", "only_check", is_flag=True, help=_("Compare only; write nothing."))
@json_option
@speaks
def rebuild(*, only_check: bool, as_json: bool) -> None:
    settle_django()
    from yidang.site.runtime.session import running

    with running():
        from yidang.claims.history import anew

        outcome = anew.rebuild(write=not only_check)
    if as_json:
        print_json(outcome)
    else:
        _tell(outcome)
    finish(WANTING if outcome["differences"] and only_check else HELD)


def _tell(outcome: dict[str, Any]) -> None:
    rows = [
        {"table": name, "rows": count, **{key: outcome["differences"].get(name, {}).get(key, 0) for key in _COUNTS}}
        for name, count in outcome["rows"].items()
    ]
    headings = {"table": _("Table"), "rows": _("Rows"), "missing": _("Missing"), "surplus": _("Too many")}
    table(rows, headings)
    click.echo(_("The history was made anew.") if outcome["written"] else _("Nothing was written."))
    if outcome["fileless"]:
        lost = _("No file of {tables}: if any came in, take its source in once more; nothing else changes by it.")
        note(lost.format(tables="、".join(outcome["fileless"])))


_COUNTS = ("missing", "surplus")
