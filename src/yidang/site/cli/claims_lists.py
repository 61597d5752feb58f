"""claims lists: deaths, absences, suspensions, products and code tables as others give them."""

from datetime import datetime
from pathlib import Path
from typing import Any

import click

from yidang.site.cli.claims_import import in_words
from yidang.site.cli.frame import grant_of, settle_django
from yidang.site.cli.language import _
from yidang.site.cli.output import HELD, WANTING, finish, json_option, print_json, speaks, table

_KINDS = (
    "deaths",
    "absences",
    "suspensions",
    "terminations",
    "products",
    "diagnoses",
    "operations",
    "drugs",
    "services",
    "materials",
    "regions",
)


@click.group(help=_("Lists of others: who died, was away or may not treat, products, code tables."))
def lists() -> None:
    pass


@lists.command("import", help=_("Take in one list from CSV or XLSX, with its source and its day."))
@click.argument("kind", type=click.Choice(_KINDS))
@click.argument("path", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--source", required=True, help=_("Who issued it."))
@click.option("--date", "dated", type=click.DateTime(["%Y-%m-%d"]), required=True, help=_("Of which day it is."))
@click.option("--as", "username", metavar="USER", help=_("Import as this member of staff."))
@json_option
@speaks
def take_in(kind: str, path: Path, source: str, dated: datetime, username: str | None, *, as_json: bool) -> None:
    settle_django()
    from yidang.site.runtime.session import running

    with running():
        from yidang.claims.lists.taking import heading_of, take

        made = take(grant=grant_of(username), kind=kind, path=path.absolute(), source=source, dated_on=dated.date())
    told = [one | {"message": in_words(one | {"field": heading_of(kind, one["field"])})} for one in made.problems]
    outcome: dict[str, Any] = {"number": made.name, "rows": made.rows, "new": made.fresh, "rejected": made.rejected}
    if as_json:
        print_json(outcome | {"quarantined": told})
    else:
        click.echo(_("{number}: {rows} rows hold, {new} of them new, {rejected} kept out").format(**outcome))
        if told:
            table(told[:20], {"row": _("Row"), "field": _("Column"), "message": _("Reason")})
    finish(WANTING if made.rejected else HELD)
