"""An empty archive of a benchmark's own: a folder, a database up to date, gone afterwards."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any


@contextmanager
def archive(*, web: bool = False, **config: str) -> Iterator[Path]:
    """Its home; what lies beside it in the same folder goes with it. `config`: settings of the program, as text."""
    with tempfile.TemporaryDirectory(prefix="yidang-bench-") as folder:
        home = Path(folder) / "home"
        home.mkdir()
        os.environ |= {f"YIDANG_{name.upper()}": value for name, value in config.items()}
        os.environ |= {"YIDANG_HOME": str(home), "DJANGO_SETTINGS_MODULE": "yidang.site.settings"}
        import django

        django.setup()
        from django.conf import settings

        from yidang.site.runtime.postgres import Cluster
        from yidang.site.runtime.prepare import prepare

        cluster = Cluster(home)
        cluster.start()
        try:
            prepare(settings.YIDANG, web=web)
            yield home
        finally:
            cluster.stop()


def server_of(home: Path) -> Any:
    """The database's first process, for its times."""
    import psutil

    return psutil.Process(int(next(home.rglob("postmaster.pid")).read_text().splitlines()[0]))
