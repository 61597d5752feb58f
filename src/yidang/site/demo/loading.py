"""The sample batch on its way through the real intake, one accession for each series."""

import itertools
import tomllib
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

from yidang.intake.samples.shipped import folder as batch
from yidang.intake.samples.shipped import shipped
from yidang.site.config import Config
from yidang.site.demo import folder

Entry = tuple[dict[str, Any], Path]


def prepare_staff(config: Config) -> None:
    from django.db import connections

    from yidang.identity.demo import create_demo_staff

    folder.mark(config.home)
    create_demo_staff()
    connections.close_all()


def load_samples(config: Config) -> None:
    """Once for each data folder; a load that was killed goes on, for the same files are known already."""
    if folder.is_loaded(config.home):
        return
    for series, entries in _by_series():
        _hand_over(series, entries)
    folder.mark_loaded(config.home)


def _by_series() -> Iterator[tuple[str, list[Entry]]]:
    series_of = _series_of_types()
    entries = sorted(shipped(), key=lambda entry: series_of[entry[0]["type"]])
    for series, group in itertools.groupby(entries, key=lambda entry: series_of[entry[0]["type"]]):
        yield series, list(group)


def file_count() -> int:
    """Files that count: the members of an archive do, the archive and a catalogue do not."""
    return sum(_counted(about, path) for about, path in shipped())


def _counted(about: dict[str, Any], path: Path) -> int:
    if about.get("is_catalogue"):
        return 0
    return len(about["members"]) if path.suffix == ".zip" else 1


def _series_of_types() -> dict[str, str]:
    text = (files("yidang.site.demo") / "series.toml").read_text(encoding="utf-8")
    return dict(tomllib.loads(text)["series"])


def _hand_over(series: str, entries: list[Entry]) -> None:
    from yidang.identity.policy import system_grant
    from yidang.intake.operations import Incoming, close_accession, open_accession, receive_paths
    from yidang.kernel.clock import today

    grant = system_grant("demo")
    accession = open_accession(grant=grant, series=series, year=today().year, channel="cli")
    incoming = [
        Incoming(path, path.relative_to(batch()).as_posix(), is_catalogue=about.get("is_catalogue", False))
        for about, path in entries
    ]
    receive_paths(grant=grant, accession_id=accession.pk, incoming=incoming)
    close_accession(grant=grant, accession_id=accession.pk)
