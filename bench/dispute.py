"""From question to dispute file, for a case of 20 records and 1,000 events. `python -m bench.dispute [--events 1000]`

Must: a minute. Beside it: the same ZIP's bytes written and its proofs computed with nothing around them.
"""

import argparse
import io
import random
import subprocess
import sys
import time
import zipfile
from pathlib import Path
from typing import Any

from bench.embedded import archive

MUST = 60.0
RECORDS, PAGES = 20, 5


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--events", type=int, default=1000)
    chosen = parser.parse_args()
    with archive() as home:
        from yidang.identity.reach import act_as_system

        act_as_system()
        return measure(chosen.events, home)


def measure(events: int, home: Path) -> int:
    from yidang.access.dispute import build_dispute
    from yidang.identity.policy import SYSTEM

    items = filed(RECORDS)
    happen([item.pk for item in items], events - RECORDS)
    path = home / "case.zip"
    begun, spent = time.perf_counter(), time.process_time()
    with path.open("wb") as sink:
        build_dispute(SYSTEM, [item.pk for item in items], sink)
    wall, cpu = time.perf_counter() - begun, time.process_time() - spent
    bare = floor(path)
    print(f"{RECORDS} records, {RECORDS * PAGES} pages, {events} events: {path.stat().st_size / 1e6:.1f} MB")
    print(f"dispute file: {wall:.1f} s, {cpu:.1f} CPU-s (must: {MUST:.0f} s); packing the same bytes {bare:.1f} CPU-s")
    checked = verified(path, home / "case")
    print(f"checked by a stranger, python3 verify.py: {checked:.1f} s")
    return 0 if wall <= MUST else 1


def filed(count: int) -> list[Any]:
    from yidang.crypto.fields import content_digest
    from yidang.crypto.sm import sm3
    from yidang.holdings import operations
    from yidang.holdings.description import Description, Field
    from yidang.holdings.drafts import Draft, DraftFile, DraftPage, PageProperties
    from yidang.holdings.reading import Line, PageReading
    from yidang.identity.policy import SYSTEM
    from yidang.preservation import staging

    drafts = []
    for number in range(count):
        original = scan(number)
        staged = staging.create()
        staging.append(staged, 0, original)
        line = Line("住院费用结算清单 高血压三级", [0.1, 0.1, 0.9, 0.12], 0.99)
        pages = [DraftPage(n, PageProperties(800, 1132, dpi=100), PageReading([line] * 40)) for n in range(PAGES)]
        digest = sm3(original)
        file = DraftFile(
            locator=f"staged:{staged}",
            media_type="image/tiff",
            size=len(original),
            digest=content_digest(digest),
            puid="fmt/353",
            name="扫描.tif",
            sm3=digest,
            pages=pages,
        )
        fields = {"title": f"住院结算 {number}", "formed_on": "2026-03-01"}
        described = Description({key: Field(value, confidence=0.98) for key, value in fields.items()})
        drafts.append(Draft(series="DYJS", year=2026, description=described, files=[file]))
    made = operations.create_drafts(SYSTEM, drafts)
    return list(operations.file_items(SYSTEM, [item.pk for item in made]))


def scan(number: int) -> bytes:
    from PIL import Image

    noise = random.Random(number)
    pages = [Image.frombytes("L", (400, 566), noise.randbytes(400 * 566)) for _ in range(PAGES)]
    sink = io.BytesIO()
    pages[0].save(sink, "TIFF", save_all=True, append_images=pages[1:], compression="jpeg")
    return sink.getvalue()


def happen(items: list[Any], count: int) -> None:
    from django.db import transaction

    from yidang.ledger.events import NewEvent
    from yidang.ledger.operations import append_many, sequence

    with transaction.atomic():
        append_many(
            [
                NewEvent(
                    action="page.viewed",
                    actor="system:bench",
                    subject=items[number % len(items)],
                    facts={"page": number % PAGES + 1, "version": 1},
                    private={"reason": "核对"},
                )
                for number in range(count)
            ]
        )
    sequence()


def floor(path: Path) -> float:
    with zipfile.ZipFile(path) as packed:
        contents = {name: packed.read(name) for name in packed.namelist()}
    begun = time.process_time()
    with zipfile.ZipFile(io.BytesIO(), "w", zipfile.ZIP_DEFLATED) as again:
        for name, content in contents.items():
            again.writestr(name, content)
    return time.process_time() - begun


def verified(path: Path, folder: Path) -> float:
    zipfile.ZipFile(path).extractall(folder)
    begun = time.perf_counter()
    done = subprocess.run([sys.executable, "verify.py"], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return time.perf_counter() - begun


if __name__ == "__main__":
    sys.exit(main())
