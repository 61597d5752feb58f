"""drg: grouping schemes and files of cases."""

from pathlib import Path
from typing import Any

import click

from yidang.site.cli.frame import command_grant, settle_django
from yidang.site.cli.language import _
from yidang.site.cli.output import HELD, finish, json_option, note, print_json, speaks
from yidang.site.cli.progress import Stages


@click.group(help=_("Groups of cases by diagnosis: take in the tables of a scheme, group files of cases."))
def drg() -> None:
    pass


@drg.command("import", help=_("Take in the tables of a grouping scheme: a folder of CSV or XLSX files."))
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@json_option
@speaks
def import_tables(folder: Path, *, as_json: bool) -> None:
    settle_django()
    from yidang.site.runtime.session import running

    with running():
        from yidang.claims.drg.keeping import import_scheme

        made = import_scheme(grant=command_grant(), folder=folder)
        told = {"code": made.code, "version": made.version, "name": made.name, "verified": bool(made.verified)}
        told["groups"] = len(made.tables["drgs"])
    if as_json:
        print_json(told)
    else:
        click.echo(_("{name}, version {version}: {groups} groups").format(**told))
    finish(HELD)


@drg.command("group", help=_("Group a file of cases (CSV or Parquet) by the scheme in force."))
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


def _tell(told: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        print_json(told)
        return
    if not told["verified"]:
        note(_("The tables of {scheme} were not compared with the official print.").format(**told))
    click.echo(_("{grouped} of {cases} cases grouped, {per_second} a second").format(**told))
