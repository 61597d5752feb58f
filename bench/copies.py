"""What proving the copies costs, beside bare loops that make the same passes over the same bytes.

python -m bench.copies [objects] [items of the drill; 0: no drill]
"""

import hashlib
import json
import os
import secrets
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

HOME = Path(tempfile.mkdtemp(prefix="yidang-bench-"))
os.environ["YIDANG_HOME"] = str(HOME / "home")
os.environ["DJANGO_SETTINGS_MODULE"] = "yidang.site.settings"

import django  # noqa: E402

django.setup()

from yidang.crypto.keys import vault  # noqa: E402
from yidang.preservation import repository  # noqa: E402
from yidang.preservation.adapters.kernel_calls import sync_filesystem  # noqa: E402
from yidang.preservation.adapters.local import LocalStore  # noqa: E402
from yidang.preservation.copies import manifest  # noqa: E402
from yidang.preservation.copies.checking import check  # noqa: E402
from yidang.preservation.copies.deposit import open_deposit  # noqa: E402
from yidang.preservation.copies.store_copy import StoreCopy  # noqa: E402
from yidang.preservation.copies.store_return import return_store  # noqa: E402
from yidang.preservation.layout import prepare_root  # noqa: E402
from yidang.preservation.scrubbing import Scrub, nobody_remembers  # noqa: E402
from yidang.preservation.store import object_store  # noqa: E402

ROUNDS = 3


def cost(work: Callable[[], object]) -> tuple[float, float]:
    cpu, wall = time.process_time(), time.perf_counter()
    work()
    return time.process_time() - cpu, time.perf_counter() - wall


def best(work: Callable[[], object]) -> tuple[float, float]:
    pairs = [cost(work) for _ in range(ROUNDS)]
    return min(pair[0] for pair in pairs), min(pair[1] for pair in pairs)


def show(what: str, here: str, floor: str = "", ratio: str = "") -> None:
    print(f"{what:<44} {here:>24} {floor:>26} {ratio:>8}", flush=True)


def fill(count: int) -> int:
    pdf = secrets.token_bytes(60_000)
    for start in range(0, count, 100):
        repository.write_objects(
            [
                repository.NewVersion(
                    object_id=uuid4(),
                    number=1,
                    content={"original/1": pdf, "text": pdf[:1500], "description": pdf[:800], "provenance": pdf[:900]},
                    created=datetime.now(UTC),
                    actor="1",
                    action="item.filed",
                )
                for _ in range(min(100, count - start))
            ]
        )
    return sum(path.stat().st_size for path in (HOME / "home" / "store").rglob("*") if path.is_file())


def read_bare() -> None:
    """Every file once: opened, read, digested."""
    for place, _, names in os.walk(HOME / "home" / "store"):
        for name in names:
            with open(f"{place}/{name}", "rb", buffering=0) as source:  # noqa: PTH123 - the bare way
                hashlib.sha512(source.read()).digest()


def scrub(size: int) -> None:
    bare = best(read_bare)[0]
    here = best(lambda: Scrub(object_store(), nobody_remembers, repair=False).run())[0]
    show("scrub, CPU", f"{size / here / 1e6:.0f} MB/s", f"bare {size / bare / 1e6:.0f} MB/s", f"{bare / here:.0%}")


def copy_and_return(size: int) -> None:
    deposit = open_deposit(str(HOME / "copies"), vault(), may_create=True)
    copying = StoreCopy("main", object_store(), deposit, {})
    cpu, wall = cost(lambda: setattr(copy_and_return, "copied", copying.run()))
    copied = copy_and_return.copied  # type: ignore[attr-defined]
    show("first copy", f"{size / wall / 1e6:.0f} MB/s", f"CPU {size / cpu / 1e6:.0f} MB/s")
    again = StoreCopy("main", object_store(), deposit, copied.lists)
    cpu, wall = cost(again.run)
    show("copy with nothing new", f"{copied.objects / wall:.0f} objects/s")
    moment = datetime.now(UTC).isoformat()
    run = manifest.Run("runs/1", moment, moment, moment, copied.lists, {}, None, None, copied.objects, copied.versions)
    manifest.write_run(deposit, run)
    cpu, wall = best(lambda: check(deposit))
    show("check of every byte", f"{size / wall / 1e6:.0f} MB/s", f"CPU {size / cpu / 1e6:.0f} MB/s")
    plain, here = [], []
    for number in range(ROUNDS):
        plain.append(cost(lambda number=number: copy_plain(HOME / f"plain-{number}")))
        back = LocalStore(HOME / f"back-{number}")
        prepare_root(back)
        here.append(cost(lambda back=back: return_store(deposit, replace(run), "main", back)))
    for what, column in (("CPU", 0), ("wall", 1)):
        ours, theirs = min(one[column] for one in here), min(one[column] for one in plain)
        show(
            f"restore of bytes, {what}",
            f"{size / ours / 1e6:.0f} MB/s",
            f"cp {size / theirs / 1e6:.0f} MB/s",
            f"{ours / theirs:.2f}x",
        )


def copy_plain(dest: Path) -> None:
    shutil.copytree(HOME / "home" / "store", dest)
    sync_filesystem(dest)


def drill(items: int) -> None:
    sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))
    from harness import Archive
    from papers import typed_page

    papers = HOME / "papers"
    papers.mkdir()
    for number in range(items):
        (papers / f"{number:05}.pdf").write_bytes(typed_page("基本医疗保险参保登记表", number))
    archive = Archive(settings={"ocr_workers": 1, "job_workers": 2, "web_workers": 1, "filing_confidence": 0})
    try:
        archive.json("ingest", str(papers), "--series", "CBGR", "--year", "2024", timeout=3600)
        where = [str(HOME / "d"), str(HOME / "k")]
        archive.json("backup", "run", "--to", where[0], "--keys-to", where[1], timeout=600)
        told = archive.json("backup", "drill", "--from", where[0], "--keys-from", where[1], timeout=1200)
        show("drill", json.dumps(told["steps"]), f"RTO {told['rto_seconds']} s")
        for name in ("verify", "rebuild"):
            seconds = told["steps"][name]
            show(
                f"drill: {name} of {told['objects']} records",
                f"{told['objects'] / seconds:.0f} items/s",
                f"{told['bytes'] / seconds / 1e6:.2f} MB/s",
            )
        assert told["ok"], told["differences"]
    finally:
        archive.remove()


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    items = int(sys.argv[2]) if len(sys.argv) > 2 else 200
    show("what", "here", "floor or detail", "ratio")
    try:
        size = fill(count)
        scrub(size)
        copy_and_return(size) if count > 500 else None
        if items:
            drill(items)
    finally:
        shutil.rmtree(HOME, ignore_errors=True)


if __name__ == "__main__":
    main()
