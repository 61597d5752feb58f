"""The sample batch on its way through the real intake, one accession for each series."""

import itertools
import json
import logging
import tomllib
from collections.abc import Iterator
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

from yidang.site.config import Config
from yidang.site.demo import folder

log = logging.getLogger(__name__)


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
    with as_file(files("yidang.intake") / "samples" / "batch") as batch:
        for series, sources in _by_series(batch):
            _hand_over(series, batch, sources)
    folder.mark_loaded(config.home)


def _by_series(batch: Path) -> Iterator[tuple[str, list[Path]]]:
    """Series in the order in which their first file comes, so that every kind is soon to be seen."""
    series_of = _series_of_types()
    entries = sorted(truth(batch), key=lambda entry: series_of[entry["type"]])
    for series, group in itertools.groupby(entries, key=lambda entry: series_of[entry["type"]]):
        yield series, [batch / entry["file"] for entry in group]


def truth(batch: Path) -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = json.loads((batch / "truth.json").read_text(encoding="utf-8"))["files"]
    return entries


def _series_of_types() -> dict[str, str]:
    text = (files("yidang.site.demo") / "series.toml").read_text(encoding="utf-8")
    return dict(tomllib.loads(text)["series"])


def _hand_over(series: str, batch: Path, sources: list[Path]) -> None:
    from yidang.identity.policy import system_grant
    from yidang.intake.operations import Incoming, close_accession, open_accession, receive_paths
    from yidang.kernel.clock import today

    grant = system_grant("demo")
    accession = open_accession(grant=grant, series=series, year=today().year, channel="cli")
    incoming = [Incoming(source, source.relative_to(batch).as_posix()) for source in sources]
    receive_paths(grant=grant, accession_id=accession.pk, incoming=incoming)
    close_accession(grant=grant, accession_id=accession.pk)
