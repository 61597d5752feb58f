"""claims import: settlements from messages of the national interface, sheets or Parquet."""

from pathlib import Path
from typing import Any

import click

from yidang.site.cli.frame import grant_of, settle_django
from yidang.site.cli.language import LANGUAGE, _
from yidang.site.cli.output import HELD, WANTING, finish, json_option, print_json, speaks, table
from yidang.site.cli.progress import Stages

_TOLD = 20


@click.command(
    "import",
    help=_("Take in claims: messages of the national interface (JSON), sheets (CSV, XLSX) or a folder of Parquet."),
)
@click.argument("path", type=click.Path(path_type=Path))
@click.option(
    "--mapping",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help=_("A TOML file that says which heading is which column."),
)
@click.option("--source", default="bureau", show_default=True, help=_("Whose numbers of persons these are."))
@click.option("--as", "username", metavar="USER", help=_("Import as this member of staff."))
@json_option
@speaks
def import_claims(path: Path, mapping: Path | None, source: str, username: str | None, *, as_json: bool) -> None:
    settle_django()
    from yidang.site.runtime.session import running

    with running() as session, Stages() as bar:
        from yidang.claims.importing.operations import import_claims as take_in

        made = take_in(
            grant=grant_of(username),
            path=path.absolute(),
            source=source,
            mapping=mapping,
            tell=lambda done: bar.show("import", done, 100),
        )
        session.catch_up(index=False)
    outcome = {
        "number": made.batch.name,
        "received": made.received,
        "accepted": made.accepted,
        "rejected": made.rejected,
        "quarantined": [told | {"message": in_words(told)} for told in made.quarantined],
        "warned": [told | {"message": in_words(told)} for told in made.batch.warned],
        "seconds": made.seconds,
        "history_seconds": made.history_seconds,
    }
    if as_json:
        print_json(outcome)
    else:
        _tell(outcome)
    finish(WANTING if made.rejected else HELD)


def in_words(told: dict[str, Any]) -> str:
    from yidang.kernel.texts import say

    return say(told["code"], LANGUAGE, **told)


def _tell(outcome: dict[str, Any]) -> None:
    click.echo(
        _(
            "{number}: {accepted} of {received} rows taken in, {rejected} kept out, {seconds} s;"
            " the history held them after {history_seconds} s"
        ).format(**outcome)
    )
    if outcome["warned"]:
        table(outcome["warned"], {"field": _("Column"), "rows": _("Rows"), "message": _("Reason")})
    if outcome["quarantined"]:
        headings = {"file": _("File"), "row": _("Row"), "code": _("Code"), "message": _("Reason")}
        table(outcome["quarantined"][:_TOLD], headings)
