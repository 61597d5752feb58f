"""drg: grouping schemes and files of cases."""

from datetime import datetime
from pathlib import Path
from typing import Any

import click

from yidang.site.cli.frame import command_grant, settle_django
from yidang.site.cli.language import _
from yidang.site.cli.output import HELD, finish, json_option, note, print_json, speaks, table
from yidang.site.cli.progress import Stages


@click.group(help=_("Groups of cases by diagnosis: take in the tables of a scheme, group files of cases."))
def drg() -> None:
    pass


@drg.command("import", help=_("Take in the tables of a grouping scheme: a folder of CSV or XLSX files."))
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--code", default="", help=_("Code of the scheme, where no table says it; by default the folder's name."))
@click.option("--edition", default="", help=_("Its version, where no table says it; by default 1."))
@click.option("--from", "since", type=click.DateTime(["%Y-%m-%d"]), help=_("In force from; by default today."))
@json_option
@speaks
def import_tables(folder: Path, *, code: str, edition: str, since: datetime | None, as_json: bool) -> None:
    settle_django()
    from yidang.site.runtime.session import running

    with running():
        from yidang.claims.drg.keeping import keep_scheme
        from yidang.claims.drg.reading import read_scheme, unnamed

        scheme = read_scheme(folder, unnamed(folder, code, edition, since.date() if since else None))
        made = keep_scheme(grant=command_grant(), scheme=scheme)
        told: dict[str, Any] = {"code": made.code, "version": made.version, "name": made.name}
        told |= {"verified": bool(made.verified), "groups": len(scheme.drgs), "notes": scheme.notes}
    if as_json:
        print_json(told)
    else:
        click.echo(_("{name}, version {version}: {groups} groups").format(**told))
        for one in scheme.notes:
            note(_noted(one))
    finish(HELD)


_NOTES = {
    "derived:scheme": _("No table says code and version of the scheme: they were taken from the folder."),
    "derived:mdc": _("No table of categories: taken from the groups."),
    "derived:adrg": _("No table of ADRG: taken from conditions and groups, in their order."),
    "no_weights": _("No weights: CMI and simulated payment need the local ones."),
}


def _noted(one: str) -> str:
    return _NOTES.get(one) or _("Not read, no table is called so: {name}").format(name=one.partition(":")[2])


@drg.command(
    "group",
    help=_("Group a file of cases (CSV, XLSX or Parquet) by the scheme in force; compare with groups it expects."),
)
@click.argument("source", metavar="FILE", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), required=True, help=_("A CSV or Parquet file."))
@click.option("--scheme", default="", metavar="CODE", help=_("This scheme, not the newest in force."))
@click.option(
    "--tables",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help=_("Tables straight from this folder, without the archive."),
)
@click.option("--column", "columns", multiple=True, metavar="NAME=HEADING", help=_("Which heading is which column."))
@json_option
@speaks
def group(
    source: Path, out: Path, scheme: str, tables: Path | None, columns: tuple[str, ...], *, as_json: bool
) -> None:
    from yidang.claims.drg.batch import group_file
    from yidang.claims.drg.rules import Grouper

    grouper = Grouper(_scheme(scheme, tables))
    named = dict(one.split("=", 1) for one in columns if "=" in one)
    with Stages() as bar:
        told = group_file(grouper, source, out, named=named, told=lambda done: bar.show("cases", done, 0))
    _tell(told, as_json=as_json)
    finish(HELD)


def _scheme(code: str, tables: Path | None) -> Any:
    if tables is not None:
        from yidang.claims.drg.reading import read_scheme

        return read_scheme(tables)
    settle_django()
    from yidang.site.runtime.session import running

    with running():
        from yidang.claims.drg.keeping import current
        from yidang.kernel.clock import today

        return current(today(), code)


_STATES = {
    "no_main_diagnosis": _("No main diagnosis"),
    "main_diagnosis_barred": _("Code that is no main diagnosis"),
    "unknown_main_diagnosis": _("Main diagnosis no table knows"),
    "sex_contradicts": _("Category of the other sex"),
    "unrelated": _("Operation not related to the main diagnosis"),
    "more_cells_than_headings": _("Row with more cells than headings"),
}


def _tell(told: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        print_json(told)
        return
    if not told["verified"]:
        note(_("The tables of {scheme} were not compared with the official print.").format(**told))
    click.echo(_("{grouped} of {cases} cases grouped, {per_second} a second").format(**told))
    for status, many in told["not_grouped"].items():
        note(f"  {_STATES.get(status, status)}: {many}")
    if told["unknown"]:
        note(_("Main diagnoses no table knows: {codes}").format(codes=" ".join(told["unknown"])))
    if told["expected"]:
        _tell_expected(told["expected"])


def _tell_expected(told: dict[str, Any]) -> None:
    click.echo(_("{same} of {rows} as expected, {same_adrg} in the expected ADRG").format(**told))
    if told["differing"]:
        headings = {"row": _("Row"), "expected": _("Expected"), "drg": _("Grouped into"), "status": _("State")}
        table(told["differing"], headings)
