"""Progress on a terminal, on standard error; silent where nobody watches."""

import sys
from typing import Any, Self

from yidang.site.cli.language import _

_STAGES = {
    "database": _("Database"),
    "ledger": _("Ledger"),
    "staging": _("Uploads"),
    "settings": _("Settings"),
    "store": _("Records"),
    "check": _("Reading"),
    "scrub": _("Reading"),
    "rules": _("Rules"),
    "scores": _("Scores"),
    "claims": _("Claims"),
    "cases": _("Cases"),
}


class Bars:
    """Two bars, files and pages, from what `intake.queries.progress` says."""

    def __init__(self) -> None:
        self._bars: Any = None
        self._files: Any = None
        self._pages: Any = None

    def __enter__(self) -> Self:
        if sys.stderr.isatty():
            self._open()
        return self

    def __exit__(self, *_details: object) -> None:
        if self._bars is not None:
            self._bars.stop()

    def _open(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        columns = (
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[rate]}"),
            TimeRemainingColumn(),
        )
        self._bars = Progress(*columns, console=Console(stderr=True))
        self._files = self._bars.add_task(_("Files"), total=None, rate="")
        self._pages = self._bars.add_task(_("Pages"), total=None, rate="")
        self._bars.start()

    def show(self, progress: Any) -> None:
        if self._bars is None:
            return
        self._bars.update(self._files, completed=progress.files_done, total=progress.files)
        rate = _("{rate:.1f} pages/s").format(rate=progress.pages_per_second or 0.0)
        self._bars.update(self._pages, completed=progress.pages_done, total=progress.pages, rate=rate)


class Stages:
    """One bar for what is being done just now, from what a duty tells of its stages."""

    def __init__(self) -> None:
        self._bar: Any = None
        self._stage = ""
        self._task: Any = None

    def __enter__(self) -> Self:
        if sys.stderr.isatty():
            from rich.console import Console
            from rich.progress import Progress

            self._bar = Progress(console=Console(stderr=True))
            self._bar.start()
        return self

    def __exit__(self, *_details: object) -> None:
        if self._bar is not None:
            self._bar.stop()

    def show(self, stage: str, done: int, total: int) -> None:
        if self._bar is None:
            return
        if stage != self._stage:
            self._stage = stage
            self._task = self._bar.add_task(_STAGES.get(stage, stage), total=None)
        self._bar.update(self._task, completed=done, total=total or None)
