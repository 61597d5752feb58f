"""oversight: rules over the claims of a data folder."""

from pathlib import Path
from typing import Any

import click

from yidang.site.cli.frame import settle_django
from yidang.site.cli.language import _
from yidang.site.cli.output import HELD, finish, json_option, print_json, speaks, table
from yidang.site.cli.progress import Stages

_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


@click.group(help=_("Inspection: rules over what was claimed and paid."))
def oversight() -> None:
    pass


@oversight.command("run", help=_("Run the rules over a folder of claims and say what they doubt."))
@click.option("--over", type=_FOLDER, help=_("Folder of analytics tables; by default the history of this archive."))
@click.option("--rule", "rules", metavar="ID", multiple=True, help=_("Only this rule: number or official code."))
@click.option(
    "--engine", type=click.Choice(["duckdb", "spark"]), default="duckdb", show_default=True, help=_("What computes.")
)
@json_option
@speaks
def run(over: Path | None, rules: tuple[str, ...], engine: str, as_json: bool) -> None:  # noqa: FBT001
    settle_django()
    from yidang.claims.history import folder
    from yidang.oversight.analytics.running import run_rules

    with Stages() as bar:
        outcome = run_rules(
            over or folder(), rules, engine, progress=lambda done, total: bar.show("rules", done, total)
        )
    if as_json:
        print_json(outcome)
    else:
        _tell(outcome)
    finish(HELD)


def _tell(outcome: dict[str, Any]) -> None:
    from yidang.oversight.rules.loading import book

    titles = {rule.id: rule.title for rule in book()}
    rows = [
        {"rule": rule, "title": titles[rule], **found, "yuan": f"{found['amount_fen'] / 100:,.2f}"}
        for rule, found in outcome["findings"].items()
        if found["lines"] or found["claims"]
    ]
    headings = {
        "rule": _("Rule"),
        "title": _("Title"),
        "claims": _("Settlements"),
        "lines": _("Lines of them"),
        "yuan": _("Yuan"),
    }
    table(rows, headings)
    click.echo(_("{lines} lines in {seconds:.1f} s").format(**outcome))


@oversight.command("evaluate", help=_("Say how much of what was planted the rules find, and what they doubt wrongly."))
@click.argument("truth", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@json_option
@speaks
def evaluate(truth: Path, as_json: bool) -> None:  # noqa: FBT001
    settle_django()
    from yidang.oversight.evaluation.measuring import evaluate as measure

    with Stages() as bar:
        outcome = measure(truth, progress=lambda done, total: bar.show("rules", done, total))
    if as_json:
        print_json(outcome)
    else:
        _tell_evaluation(outcome)
    finish(HELD)


def _tell_evaluation(outcome: dict[str, Any]) -> None:
    rows = [{"scheme": name, **said} for name, said in outcome["schemes"].items()]
    headings = {
        "scheme": _("Scheme"), "rules": _("Rules"), "planted": _("Planted"), "found": _("Detected"),
        "look_alikes": _("Look-alikes"), "wrong": _("Doubted wrongly"),
    }  # fmt: skip
    table(rows, headings)
    said = _("{found_share:.1%} of what was planted is found; {wrong_share:.1%} of the look-alikes are doubted")
    click.echo(said.format(**outcome))
