"""A hundred readers at once while records come in. `python -m bench.readers [--readers N] [--seconds N] [--files N]`

A real server of two web workers on this machine; every reader is signed in and goes from page to page (home, search,
record, page image) without pause between. Errors are counted, the answer times stated; the floor is the same reader
alone on the same server.
"""

import argparse
import random
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

from crowd import Reader, Seen, demo_logins, read_together
from harness import Archive
from papers import typed_page

WHO = ("dangan", "zhuren")
SETTINGS = {"ocr_workers": 1, "job_workers": 1, "web_workers": 2, "filing_confidence": 0}


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--readers", type=int, default=100)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--files", type=int, default=60)
    chosen = parser.parse_args()
    archive = Archive(settings=SETTINGS | {"second_factor_roles": "none", "sessions_per_person": 0})
    try:
        with tempfile.TemporaryDirectory(prefix="yidang-bench-") as folder:
            report(archive, Path(folder), chosen)
    finally:
        archive.remove()


def report(archive: Archive, folder: Path, chosen: argparse.Namespace) -> None:
    archive.serve()
    archive.json("ingest", str(draw(folder / "first", 0, 8)), "--series", "CBGR", "--year", "2024", timeout=600)
    logins = demo_logins(archive)
    alone = read(archive, logins, 1, min(10, chosen.seconds))
    say("one reader alone", alone, 10)
    incoming = draw(folder / "more", 100, chosen.files)
    ingest = archive.spawn("ingest", str(incoming), "--series", "CBGR", "--year", "2024")
    crowd = read(archive, logins, chosen.readers, chosen.seconds)
    say(f"{chosen.readers} readers and an ingest of {chosen.files} files", crowd, chosen.seconds)
    print("the ingest ended with", wait(ingest))
    print(f"p95 of the crowd is {crowd.percentile(0.95) / alone.percentile(0.95):.1f} x that of one reader alone")
    if crowd.wrong:
        sys.exit(f"errors: {dict(crowd.wrong)}")


def draw(folder: Path, start: int, count: int) -> Path:
    folder.mkdir()
    for number in range(start, start + count):
        (folder / f"{number:05}.pdf").write_bytes(typed_page("基本医疗保险参保登记表", number))
    return folder


def read(archive: Archive, logins: dict[str, str], count: int, seconds: float) -> Seen:
    seen = Seen()
    readers = [Reader(archive.address, random.Random(number), seen) for number in range(count)]
    for number, reader in enumerate(readers):
        name = WHO[number % len(WHO)]
        reader.sign_in(name, logins[name])
    read_together(readers, seconds)
    return seen


def say(what: str, seen: Seen, seconds: float) -> None:
    p50, p95, worst = (seen.percentile(share) for share in (0.5, 0.95, 1.0))
    count = len(seen.seconds)
    print(
        f"{what}: {count} answers, {count / seconds:.0f}/s, errors {sum(seen.wrong.values())}, "
        f"p50 {p50:.3f} s, p95 {p95:.3f} s, longest {worst:.3f} s"
    )


def wait(process: subprocess.Popen[bytes]) -> int:
    return process.wait(1800)


if __name__ == "__main__":
    main()
