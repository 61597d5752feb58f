"""oversight: rules and scores over the claims of a data folder."""

from pathlib import Path
from typing import Any

import click

from yidang.site.cli.frame import settle_django
from yidang.site.cli.language import _
from yidang.site.cli.output import HELD, finish, json_option, print_json, speaks, table
from yidang.site.cli.oversight_evaluate import evaluate
from yidang.site.cli.progress import Stages

_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


@click.group(help=_("Inspection: rules over what was claimed and paid."))
def oversight() -> None:
    pass


oversight.add_command(evaluate)


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


@oversight.command(
    "score",
    help=_("Score settlements, doctors, enrolees, institutions and pharmacies against their peers, with reasons."),
)
@click.option(
    "--over",
    type=_FOLDER,
    help=_("Only show what stands out in this folder; by default the archive's own history, doubts going to the desk."),
)
@json_option
@speaks
def score(over: Path | None, as_json: bool) -> None:  # noqa: FBT001
    settle_django()
    with Stages() as bar:
        outcome = _looked_over(over, bar) if over else _scored(bar)
    if as_json:
        print_json(outcome)
    elif over:
        _tell_outstanding(outcome)
    else:
        _tell_scored(outcome)
    finish(HELD)


def _looked_over(folder: Path, bar: Stages) -> dict[str, Any]:
    from yidang.oversight.scores.looking import look_over

    return look_over(folder, progress=lambda done, total: bar.show("scores", done, total))


def _scored(bar: Stages) -> dict[str, Any]:
    from yidang.site.runtime.session import running

    with running() as session:
        from yidang.oversight.scores.night import score_over

        done = score_over(progress=lambda done, total: bar.show("scores", done, total))
        session.catch_up(index=False)
    return {"months": list(done.months), "seconds": done.seconds, "models": done.models}


def _tell_outstanding(outcome: dict[str, Any]) -> None:
    from yidang.oversight.scores.levels import level_of

    for name, told in outcome["levels"].items():
        count = _("{subjects} scored, not calibrated").format(**told)
        click.echo(f"\n{level_of(name).title('zh')} · {outcome['month']} · {count}")
        for one in told["top"]:
            click.echo(f"  {one['subject']}  {one['score']:.3f}  {one['text']}")


def _tell_scored(outcome: dict[str, Any]) -> None:
    headings = {
        "model": _("Model"), "kind": _("Kind"), "state": _("State"), "month": _("Month"), "subjects": _("Scored"),
        "new": _("New doubts"), "known": _("Known doubts"),
    }  # fmt: skip
    table(outcome["models"], headings)


@oversight.group("knowledge", help=_("The knowledge base: tables that rules look things up in."))
def knowledge() -> None:
    pass


@knowledge.command(
    "import", help=_("Read a table of the knowledge base from CSV or XLSX, compare it, put it in force.")
)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--kind", required=True, metavar="KIND", help=_("Table (limits, pairs, …) or one kind of its rows."))
@click.option("--source", default="", help=_("Name or number of the document; by default the name of the file."))
@click.option(
    "--from",
    "effective",
    type=click.DateTime(["%Y-%m-%d"]),
    help=_("First day of service it speaks of; by default today."),
)
@click.option("--preview", is_flag=True, help=_("Only read and compare; no rule reads it yet."))
@json_option
@speaks
def import_knowledge(file: Path, as_json: bool, **told: Any) -> None:  # noqa: FBT001
    from yidang.site.runtime.session import running

    with running():
        from yidang.oversight.knowledge.importing import import_table

        outcome = import_table(
            path=file,
            kind=told["kind"],
            source=told["source"] or file.name,
            effective_from=told["effective"].date() if told["effective"] else None,
            is_preview=told["preview"],
        )
    if as_json:
        print_json(outcome)
    else:
        click.echo(
            _("{accepted} of {received} rows; added {added}, removed {removed}, changed {changed}").format(**outcome)
        )
        for bad in outcome["quarantined"]:
            click.echo(f"  {bad['row']}  {bad['field']}  {bad['message']}")
    finish(HELD)
