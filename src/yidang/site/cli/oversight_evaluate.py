"""oversight evaluate: rules against planted patterns, models against a table that somebody else labelled."""

from pathlib import Path
from typing import Any

import click

from yidang.site.cli.frame import settle_django
from yidang.site.cli.language import LANGUAGE, _
from yidang.site.cli.output import HELD, finish, json_option, note, print_json, speaks, table
from yidang.site.cli.progress import Stages

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
_SHOWN = 10
_NOTES = {
    "too_few_labels": _("Under 200 labels, or too few of one kind: nothing was learnt, only the unlearnt models rank."),
    "column_tells_all": _("One column alone tells the label: was it made from the label?"),
    "no_better_than_column": _("No model is better than the one column."),
}


@click.command(
    "evaluate",
    help=_("Measure against a truth: rules against planted patterns, models against any table with labels."),
)
@click.argument("truth", type=_FILE)
@click.option("--label", default="", metavar="COLUMN", help=_("The column with the labels; known names are found."))
@click.option("--key", default="", metavar="COLUMN", help=_("The column that says whom a row is about."))
@click.option(
    "--with",
    "beside",
    type=_FILE,
    multiple=True,
    help=_("A table of claims or persons to sum up by the key; repeatable."),
)
@click.option(
    "--over", type=_FOLDER, help=_("Folder of claims the labels are about; by default the one the file lies in.")
)
@click.option("--group", default="", metavar="COLUMN", help=_("No two sides of a split share one; by default the key."))
@click.option("--time", default="", metavar="COLUMN", help=_("Split by time besides: learn from earlier, rank later."))
@click.option("--peers", default="", metavar="COLUMN", help=_("Compare rows within this; by default all."))
@click.option(
    "--baseline", default="", metavar="COLUMN", help=_("The one column beside; by default the best by hindsight.")
)
@click.option("--money", default="", metavar="COLUMN", help=_("Amount whose recall is told."))
@click.option(
    "--at", type=click.IntRange(min=0), default=0, help=_("k of precision at k; 0: as many as are labelled so.")
)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help=_("CSV for scores, chances and reasons."))
@json_option
@speaks
def evaluate(truth: Path, *, as_json: bool, **told: Any) -> None:
    settle_django()
    from yidang.oversight.evaluation.measuring import names_schemes

    if names_schemes(truth):
        _of_schemes(truth, as_json=as_json)
    else:
        _of_labels(truth, told, as_json=as_json)
    finish(HELD)


def _of_schemes(truth: Path, *, as_json: bool) -> None:
    from yidang.oversight.evaluation.measuring import evaluate as measure

    with Stages() as bar:
        outcome = measure(truth, progress=lambda done, total: bar.show("rules", done, total))
    if as_json:
        print_json(outcome)
    else:
        _tell_schemes(outcome)


def _tell_schemes(outcome: dict[str, Any]) -> None:
    rows = [{"scheme": name, **said} for name, said in outcome["schemes"].items()]
    headings = {
        "scheme": _("Scheme"), "rules": _("Rules"), "planted": _("Planted"), "found": _("Detected"),
        "look_alikes": _("Look-alikes"), "wrong": _("Doubted wrongly"),
    }  # fmt: skip
    table(rows, headings)
    said = _("{found_share:.1%} of what was planted is found; {wrong_share:.1%} of the look-alikes are doubted")
    click.echo(said.format(**outcome))


def _of_labels(truth: Path, told: dict[str, Any], *, as_json: bool) -> None:
    from yidang.oversight.evaluation.labelled.account import evaluate_table
    from yidang.oversight.evaluation.labelled.table import Asked

    out = told.pop("out")
    with Stages() as bar:
        outcome = evaluate_table(truth, Asked(**told), out, lambda done, total: bar.show("scores", done, total))
    if as_json:
        print_json(outcome)
    else:
        _tell_labels(outcome)


def _tell_labels(outcome: dict[str, Any]) -> None:
    click.echo(
        _("{file}: {labelled} of {rows} rows labelled, {positive} of them so; {features} features").format(**outcome)
    )
    click.echo(_("The one column: {column}").format(**outcome["baseline"]))
    for name, split in outcome["splits"].items():
        click.echo(_("Groups never seen") if name == "groups" else _("Later rows"))
        table([_line(model, said) for model, said in split["models"].items()], _HEADINGS)
    for one in outcome["notes"]:
        note(_NOTES[one])
    for one in outcome["top"][:_SHOWN]:
        click.echo(f"  {one['place']}  {one['key']}  {one['text']}")


_HEADINGS = {
    "model": _("Model"), "ap": _("AP"), "precision": _("Precision at k"), "recall": _("Recall at k"),
    "brier": _("Brier"), "ece": _("ECE"),
}  # fmt: skip
_WITH_INTERVAL = {"ap", "precision"}  # JSON has that of every figure


def _line(model: str, said: dict[str, Any]) -> dict[str, str]:
    return {"model": _called(model)} | {key: _with_interval(said, key) for key in _HEADINGS if key != "model"}


def _called(model: str) -> str:
    from yidang.kernel.texts import say

    return _("One column") if model == "column" else say(f"model_kind_{model}", LANGUAGE)


def _with_interval(said: dict[str, Any], key: str) -> str:
    if key not in said:
        return "–"
    low, high = said.get(f"{key}_95", (None, None)) if key in _WITH_INTERVAL else (None, None)
    return f"{said[key]:.3f}" if low is None else f"{said[key]:.3f} {low:.2f}–{high:.2f}"
