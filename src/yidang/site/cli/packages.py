"""Packages of other archives and for them: export one record, judge a package, take one in."""

import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from yidang.site.cli.frame import command_grant, settle_django
from yidang.site.cli.language import LANGUAGE, _
from yidang.site.cli.output import HELD, WANTING, finish, json_option, note, print_json, speaks

_PATH = click.Path(exists=True, path_type=Path)
_FORMS = ["ocfl", "bagit", "eark", "eep"]


@click.command(help=_("Write a record out as a package that other archives read, in clear."))
@click.argument("code")
@click.argument("dest", type=click.Path(path_type=Path))
@click.option("--format", "kind", type=click.Choice(_FORMS), required=True, help=_("Form of the package."))
@speaks
def export(code: str, dest: Path, kind: Any) -> None:
    settle_django()
    from yidang.site.runtime.session import running

    with running():
        from yidang.access.export.exporting import export_item

        written = export_item(command_grant(), code, dest, kind)
    note(_("Written to {folder}.").format(folder=written or dest))


@click.group(help=_("Packages as archives hand them to each other: EEP, E-ARK, BagIt, OCFL."))
def package() -> None:
    pass


@package.command("validate", help=_("Judge a package of any form, ours or anybody's. Needs no network and no archive."))
@click.argument("path", type=_PATH)
@json_option
@speaks
def validate(path: Path, as_json: bool) -> None:  # noqa: FBT001 - a command-line flag
    from yidang.preservation.packages import validate as judge

    verdict = judge(path)
    outcome = {
        "format": verdict.form,
        "valid": verdict.is_valid,
        "errors": [_row(one) for one in verdict.errors],
        "warnings": [_row(one) for one in verdict.warnings],
    }
    if as_json:
        print_json(outcome)
    else:
        _tell(outcome)
    finish(HELD if verdict.is_valid else WANTING)


@package.command("import", help=_("Take a package in: what holds is filed, what does not goes to quarantine."))
@click.argument("path", type=_PATH)
@click.option("--series", required=True, metavar="CODE", help=_("Series to file under; `yidang series` lists them."))
@click.option("--year", type=click.IntRange(1900, 9999), help=_("Year of the records; this year when left out."))
@json_option
@click.pass_context
@speaks
def take_in(context: click.Context, path: Path, series: str, year: int | None, as_json: bool) -> None:  # noqa: FBT001
    from yidang.site.cli.ingest import ingest

    with _in_one_file(path) as file:
        context.invoke(ingest, path=file, series=series, year=year, catalogue=None, as_json=as_json)


@contextmanager
def _in_one_file(path: Path) -> Iterator[Path]:
    """A folder goes the way of every file that is handed over: as one."""
    if path.is_file():
        yield path
        return
    with tempfile.TemporaryDirectory() as scratch:
        packed = Path(scratch) / f"{path.resolve().name}.tar"
        with tarfile.open(packed, "w") as archive:
            archive.add(path, arcname=path.resolve().name)
        yield packed


def _row(one: Any) -> dict[str, str]:
    return {"code": one.code, "path": one.path, "message": one.message(LANGUAGE)}


def _tell(outcome: dict[str, Any]) -> None:
    for kind, colour in (("errors", "red"), ("warnings", "yellow")):
        for one in outcome[kind]:
            click.echo(f"{click.style(one['code'], fg=colour)} {one['path']}: {one['message']}")
    click.echo(f"{outcome['format']}: " + (_("Valid.") if outcome["valid"] else _("Not valid.")))
