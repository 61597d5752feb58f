"""claims: settlements and their lines, invented ones to try things on among them."""

from pathlib import Path
from typing import Any

import click

from yidang.site.cli.claims_history import history
from yidang.site.cli.claims_import import import_claims
from yidang.site.cli.claims_lists import lists
from yidang.site.cli.language import _
from yidang.site.cli.output import HELD, finish, json_option, note, print_json, speaks
from yidang.site.cli.progress import Stages


@click.group(help=_("Settlements and their lines."))
def claims() -> None:
    pass


claims.add_command(import_claims)
claims.add_command(history)
claims.add_command(lists)


@claims.command("generate", help=_("Invent claims with planted schemes and their truth; no real person is in them."))
@click.option("--lines", type=click.IntRange(min=2_000), required=True, help=_("About how many lines."))
@click.option(
    "--seed", type=click.IntRange(min=0), default=1, show_default=True, help=_("The same seed, the same rows.")
)
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), required=True, help=_("An empty or a new folder.")
)
@click.option("--workers", type=click.IntRange(min=0), default=0, help=_("Processes beside each other; 0: one a core."))
@json_option
@speaks
def generate(lines: int, seed: int, out: Path, workers: int, *, as_json: bool) -> None:
    from yidang.claims.generator.making import generate as make

    with Stages() as bar:
        made = make(
            lines=lines, seed=seed, out=out, workers=workers, told=lambda done, of: bar.show("claims", done, of)
        )
    _tell(made, as_json=as_json)
    finish(HELD)


def _tell(made: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        print_json(made)
        return
    note(_("Invented: nobody in these files lives, and nothing in them was paid."))
    click.echo(_("{lines} lines in {claims} claims; {planted} planted, {look_alikes} look-alikes").format(**made))
