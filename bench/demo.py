"""From `yidang demo` on an empty data folder to the first page and to the first sample found by search.

Musts: first page ≤ 12 s, first hit ≤ 40 s. Floor: the bare steps of a start one after the other (initdb, PostgreSQL,
importing everything). `python -m bench.demo`
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="yd-") as folder:
        os.environ["YIDANG_HOME"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "yidang.site.settings"
        floor = bare_start()
        page, hit = demonstration(Path(folder))
    print(f"first page {page:.1f} s (must ≤ 12), bare start {floor:.1f} s, ratio {page / floor:.1f}")
    print(f"first sample found by search {hit:.1f} s (must ≤ 40)")


def bare_start() -> float:
    from yidang.site.runtime.postgres import Cluster

    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="yd-") as folder:
        cluster = Cluster(Path(folder))
        cluster.start()
        subprocess.run([sys.executable, "-c", "import django; django.setup()"], check=True)
        passed = time.monotonic() - started
        cluster.stop()
    return passed


def demonstration(home: Path) -> tuple[float, float]:
    from yidang.site.demo import check, folder
    from yidang.site.demo.visitor import Visitor
    from yidang.site.runtime.session import running

    started = time.monotonic()
    with check.server(home, 0) as process:
        address = check.wait_for_address(home, process)
        page = time.monotonic() - started
        with running():
            from yidang.site.demo import roles, samples

            archivist = Visitor(address)
            roles.sign_in_all({"archivist": archivist}, folder.logins(home))
            samples.wait_for_first_hit(archivist, 600)
        return page, time.monotonic() - started


if __name__ == "__main__":
    main()
