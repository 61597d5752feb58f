"""Four-nature checks of filed records without OCR. `python -m bench.checks [COUNT] [--processes N]`

Against a floor: the same rows read from the database and their descriptions opened, with nothing looked at. Records are
one scanned page each. The second process, as the second core, goes over the same records as an accession of its own.
"""

import argparse
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import Any
from uuid import UUID, uuid4

from bench.embedded import archive

MUST_RATE = 200
BATCH = 100


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("count", nargs="?", type=int, default=10_000)
    parser.add_argument("--processes", type=int, default=2)
    chosen = parser.parse_args()
    with archive(virus_scanner="none"):
        rate = run(chosen.count, chosen.processes)
    if rate < MUST_RATE:
        sys.exit(f"{rate:,.0f} records/s, below {MUST_RATE}")


def run(count: int, processes: int) -> float:
    from yidang.checks import gathering
    from yidang.identity import reach

    reach.act_as_system()
    parts = [fill(count // processes) for _ in range(processes)]
    began = time.process_time()
    read = sum(1 for part in parts for _ in gathering.records_of(gathering.items_of(part)))
    floor = time.process_time() - began
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        spent = list(pool.map(check, parts))
    cpu, wall = sum(one for one, _ in spent), max(one for _, one in spent)
    print(f"floor, rows and descriptions: {floor / read * 1000:.2f} CPU-ms each")
    print(f"four natures: {cpu / read * 1000:.2f} CPU-ms each, {cpu / floor:.1f} x the floor")
    print(f"{read / wall:,.0f} records/s by the clock, {processes * read / cpu:,.0f}/s by CPU of {processes} processes")
    return max(read / wall, processes * read / cpu)


def check(accession: UUID) -> tuple[float, float]:
    """Seconds of this process, by CPU and by the clock; starting it is not counted."""
    import django

    django.setup()
    from yidang.checks.running import check_accession
    from yidang.identity import reach
    from yidang.identity.policy import SYSTEM

    reach.act_as_system()
    began, began_by_clock = time.process_time(), time.monotonic()
    check_accession(SYSTEM, accession)
    return time.process_time() - began, time.monotonic() - began_by_clock


def fill(count: int) -> UUID:
    from yidang.holdings.operations import create_drafts, file_items
    from yidang.identity.policy import SYSTEM

    accession = uuid4()
    for start in range(0, count, BATCH):
        drafts = [draft(accession, number) for number in range(start, min(count, start + BATCH))]
        file_items(SYSTEM, [item.pk for item in create_drafts(SYSTEM, drafts)])
    return accession


def draft(accession: UUID, number: int) -> Any:
    from yidang.crypto.fields import content_digest
    from yidang.crypto.sm import sm3
    from yidang.holdings.description import Description, Field
    from yidang.holdings.drafts import Draft, DraftFile, DraftPage, PageProperties
    from yidang.holdings.reading import Line, PageReading
    from yidang.preservation import staging

    data = f"{accession} {number}".encode() * 1000
    staged = staging.create()
    staging.append(staged, 0, data)
    page = PageProperties(width=1654, height=2339, dpi=300, text_origin="ocr")
    file = DraftFile(
        locator=f"staged:{staged}",
        media_type="image/jpeg",
        puid="fmt/44",
        size=len(data),
        digest=content_digest(sm3(data)),
        name=f"{number}.jpg",
        sm3=sm3(data),
        pages=[DraftPage(0, page, PageReading([Line("正文", [0, 0, 1, 1], 1)]))],
    )
    fields: dict[str, str | int] = {"title": f"结算单{number}", "formed_on": "2026-03-01", "amount_total": number}
    described = Description({key: Field(value, confidence=0.98) for key, value in fields.items()})
    return Draft(series="DYJS", year=2026, description=described, files=[file], accession=accession)


if __name__ == "__main__":
    main()
