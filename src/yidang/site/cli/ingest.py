"""ingest: a folder or a file of this machine goes through the same intake as the browser's uploads."""

import itertools
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from yidang.site.cli.frame import command_grant, settle_django
from yidang.site.cli.language import _
from yidang.site.cli.output import HELD, WANTING, finish, json_option, print_json, speaks
from yidang.site.cli.progress import Bars

_BATCH = 100  # files staged and committed together
_LOOK_EVERY = 0.3
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command(help=_("Take in a file, a ZIP or a folder, read it, and file what is certain."))
@click.argument("path", type=click.Path(exists=True, path_type=Path))
@click.option("--series", required=True, metavar="CODE", help=_("Series to file under; `yidang series` lists them."))
@click.option("--year", type=click.IntRange(1900, 9999), help=_("Year of the records; this year when left out."))
@click.option(
    "--catalogue",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help=_("Catalogue file."),
)
@json_option
@speaks
def ingest(path: Path, series: str, year: int | None, catalogue: Path | None, as_json: bool) -> None:  # noqa: FBT001
    settle_django()
    from yidang.kernel.clock import today
    from yidang.site.runtime.session import running

    started = time.monotonic()
    with running(workers=True):
        check_series(series)
        accession_id = _open_or_resume(path, series, year or today().year, catalogue)
        with Bars() as bars:
            _wait_until_done(accession_id, bars)
        outcome = _report(accession_id, time.monotonic() - started)
    if as_json:
        print_json(outcome)
    else:
        _tell(outcome)
    finish(WANTING if outcome["quarantined"] else HELD)


def check_series(code: str) -> None:
    from yidang.holdings.models import Series

    leaves = Series.objects.exclude(class_prefix="")
    if not leaves.filter(pk=code).exists():
        known = ", ".join(leaves.order_by("code").values_list("pk", flat=True))
        message = _("there is no series {code}; there are: {known}").format(code=code, known=known)
        raise click.BadParameter(message, param_hint="--series")


def _open_or_resume(path: Path, series: str, year: int, catalogue: Path | None) -> Any:
    """A command that was killed half way goes on with its accession when it is given again."""
    from yidang.intake.models import Accession, AccessionState
    from yidang.intake.operations import close_accession, open_accession

    memo = _Memo(path, series, year, catalogue)
    unfinished = Accession.objects.exclude(state=AccessionState.DONE)
    accession = unfinished.filter(pk__in=memo.read()).first()
    if accession is None:
        accession = open_accession(grant=command_grant(), series=series, year=year, channel="cli")
        memo.write(accession.pk)
    if accession.state == AccessionState.RECEIVING:
        _receive(accession.pk, path, catalogue)
        close_accession(grant=command_grant(), accession_id=accession.pk)
    return accession.pk


class _Memo:
    """Which accession this very command opened; the file's name tells nothing of the path."""

    def __init__(self, path: Path, series: str, year: int, catalogue: Path | None) -> None:
        from django.conf import settings

        from yidang.crypto.fields import blind_index

        parts = [str(path.resolve()), series, str(year), str(catalogue.resolve()) if catalogue else ""]
        self.file = settings.YIDANG.home / "run" / "ingests" / blind_index("ingest", "\0".join(parts)).hex()

    def read(self) -> list[str]:
        """The accession's id; an empty list when this command is new."""
        return [self.file.read_text(encoding="ascii")] if self.file.exists() else []

    def write(self, accession_id: object) -> None:
        self.file.parent.mkdir(parents=True, exist_ok=True)
        self.file.write_text(str(accession_id), encoding="ascii")


def _receive(accession_id: Any, path: Path, catalogue: Path | None) -> None:
    from yidang.intake.operations import receive_paths

    incoming = _incoming(path, catalogue)
    while batch := list(itertools.islice(incoming, _BATCH)):
        receive_paths(grant=command_grant(), accession_id=accession_id, incoming=batch)


def _incoming(path: Path, catalogue: Path | None) -> Iterator[Any]:
    from yidang.intake.operations import Incoming, walk

    if catalogue is not None:
        yield Incoming(catalogue, catalogue.name, is_catalogue=True)
    for one in walk(path):
        if catalogue is None or one.source.resolve() != catalogue.resolve():
            yield one


def _wait_until_done(accession_id: Any, bars: Bars) -> None:
    from yidang.intake.models import Accession, AccessionState
    from yidang.intake.queries import progress

    while True:
        accession = Accession.objects.get(pk=accession_id)
        bars.show(progress(accession))
        if accession.state == AccessionState.DONE:
            return
        time.sleep(_LOOK_EVERY)


def _report(accession_id: Any, seconds: float) -> dict[str, Any]:
    from yidang.intake.models import Accession
    from yidang.intake.queries import report

    return dict(report(Accession.objects.get(pk=accession_id))) | {"seconds": round(seconds, 2)}


def _tell(outcome: dict[str, Any]) -> None:
    counts = _("{accession}: {received} files received, {accepted} accepted, {waiting} waiting for confirmation")
    click.echo(counts.format(**outcome))
    click.echo(_("{pages} pages in {seconds} s").format(**outcome))
    for one in outcome["duplicates"]:
        click.echo(_("known already: {file} is {reference_code}").format(**one))
    for one in outcome["quarantined"]:
        click.echo(click.style("✗ ", fg="red") + f"{one['file']}: {one['message']}")
