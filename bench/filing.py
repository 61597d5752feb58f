"""Filing born-digital one-page PDFs without OCR. `python -m bench.filing [COUNT] [--processes N]`

From files in a folder to sealed objects, catalogue rows, ledger tiles and search index. CPU is that of every process:
this one, its workers and PostgreSQL. The floor makes the same steps with nothing around them: read, SM3, pdfium text,
SM4-GCM, SHA-512, one file and one row each, one flush to the disk for each hundred.
"""

import argparse
import io
import multiprocessing
import os
import random
import resource
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.embedded import archive, server_of

MUST_CPU, MUST_RATE = 0.02, 80
BATCH = 100
WORDS = ["patient", "hospital", "settlement", "list", "fund", "payment", "diagnosis", "date", "ward", "drugs"]


@dataclass
class Spent:
    wall: float = 0.0
    cpu: float = 0.0

    def say(self, count: int) -> str:
        return f"{self.cpu / count:.4f} CPU-s each, {count / self.wall:,.0f}/s"


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("count", nargs="?", type=int, default=2000)
    parser.add_argument("--processes", type=int, default=2)
    chosen = parser.parse_args()
    with archive(filing_confidence="0") as home:
        source = home.parent / "source"
        draw(source, chosen.count)
        run(source, chosen, server_of(home))


def draw(folder: Path, count: int) -> None:
    from PIL import Image
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    folder.mkdir()
    chance = random.Random(7)
    for number in range(count):
        sink = io.BytesIO()
        canvas = Canvas(sink)
        for line in range(28):
            words = " ".join(chance.choice(WORDS) for _ in range(6))
            canvas.drawString(60, 780 - 26 * line, f"{words} {chance.randrange(10**6)}.{line:02d}")
        noise = Image.frombytes("RGB", (118, 118), chance.randbytes(118 * 118 * 3))
        canvas.drawImage(ImageReader(noise), 450, 30, 90, 90)
        canvas.showPage()
        canvas.save()
        (folder / f"{number:05d}.pdf").write_bytes(sink.getvalue())


@contextmanager
def measured(postmaster: Any) -> Iterator[Spent]:
    spent = Spent()
    wall, cpu = time.monotonic(), cpu_of_all(postmaster)
    yield spent
    spent.wall, spent.cpu = time.monotonic() - wall, cpu_of_all(postmaster) - cpu


def cpu_of_all(postmaster: Any) -> float:
    """Ours, our ended children's, and PostgreSQL's with its ended and living ones."""
    own = sum(resource.getrusage(who).ru_utime + resource.getrusage(who).ru_stime for who in (0, -1))
    main = postmaster.cpu_times()
    living = [child.cpu_times() for child in postmaster.children()]
    return own + sum(main[:4]) + sum(one.user + one.system for one in living)


def run(source: Path, chosen: argparse.Namespace, postmaster: Any) -> None:
    size = sum(path.stat().st_size for path in source.iterdir())
    print(f"{chosen.count} PDFs of {size / chosen.count / 1000:.0f} kB")
    with measured(postmaster) as copying:
        copy_all(source, source.parent / "copies")
    print("copy + SHA-512 + fsync:", copying.say(chosen.count))
    with measured(postmaster) as sketch:
        bare(source, source.parent / "bare")
    print("bare sketch, one process:", sketch.say(chosen.count))
    accession = ingest(source, chosen, postmaster, sketch)
    from yidang.intake.queries import report

    told = report(accession)
    print({name: value for name, value in told.items() if isinstance(value, int)})
    store = sum(path.stat().st_size for path in (source.parent / "home" / "store").rglob("*") if path.is_file())
    print(f"stored bytes: {store / size:.2f} x the originals")


def ingest(source: Path, chosen: argparse.Namespace, postmaster: Any, sketch: Spent) -> Any:
    from yidang.identity.policy import system_grant
    from yidang.intake import jobs
    from yidang.intake.models import Accession
    from yidang.intake.operations import close_accession, open_accession, receive_paths, walk

    grant = system_grant("bench")
    with measured(postmaster) as whole, jobs.inline() as queue:
        with measured(postmaster) as receiving:
            accession = open_accession(grant=grant, series="DYJS", year=2026, channel="cli")
            incoming = list(walk(source))
            for start in range(0, len(incoming), BATCH):
                receive_paths(grant=grant, accession_id=accession.pk, incoming=incoming[start : start + BATCH])
            close_accession(grant=grant, accession_id=accession.pk)
        with measured(postmaster) as planning:
            queue.run(limit=1)
        with measured(postmaster) as filing:
            work_off(queue, chosen.processes)
        with measured(postmaster) as following:
            follow()
    for name, spent in (("receiving", receiving), ("planning", planning), ("filing", filing), ("following", following)):
        print(f"  {name}: {spent.say(chosen.count)}")
    ratio = whole.cpu / sketch.cpu
    print(f"filed: {whole.say(chosen.count)} (must: {MUST_CPU}, {MUST_RATE}/s; {ratio:.1f} x the sketch's CPU)")
    return Accession.objects.get(pk=accession.pk)


def work_off(queue: Any, processes: int) -> None:
    if processes < 2:
        queue.run()
        return
    from django.db import connections

    waiting = list(queue.waiting)
    queue.waiting.clear()
    connections.close_all()
    context = multiprocessing.get_context("fork")
    workers = [context.Process(target=work, args=(waiting[n::processes],)) for n in range(processes)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()


def work(share: list[Any]) -> None:
    from yidang.intake import jobs

    with jobs.inline() as queue:
        queue.waiting.extend(share)
        queue.run()


def follow() -> None:
    from yidang.site.wiring import feed_index, sequence_ledger

    while sequence_ledger():
        pass
    while feed_index():
        pass


def copy_all(source: Path, target: Path) -> None:
    import hashlib

    target.mkdir()
    for path in source.iterdir():
        data = path.read_bytes()
        hashlib.sha512(data).digest()
        with (target / path.name).open("wb") as sink:
            sink.write(data)
            sink.flush()
            os.fsync(sink.fileno())
    shutil.rmtree(target)


def bare(source: Path, target: Path) -> None:
    import hashlib

    import psycopg
    import pypdfium2

    from yidang.crypto.envelope import seal
    from yidang.site.runtime import postgres

    target.mkdir()
    # As owner: the archive's own role may make no tables.
    with psycopg.connect(postgres.url(target.parent / "home"), autocommit=True) as owner, owner.cursor() as cursor:
        cursor.execute("CREATE TABLE bare (name text, sm3 bytea, sha512 text, body bytea)")
        rows = []
        for place, path in enumerate(sorted(source.iterdir()), start=1):
            data = path.read_bytes()
            document = pypdfium2.PdfDocument(data)
            text = document[0].get_textpage().get_text_range().encode()
            document.close()
            sealed = seal(data, key=b"k" * 16, context=b"bare"), seal(text, key=b"k" * 16, context=b"bare")
            (target / path.name).write_bytes(sealed[0])
            rows.append(
                (path.name, hashlib.new("sm3", data).digest(), hashlib.sha512(sealed[0]).hexdigest(), sealed[1])
            )
            if place % BATCH == 0:
                cursor.executemany("INSERT INTO bare VALUES (%s, %s, %s, %s)", rows)
                os.sync()
                rows = []
        cursor.execute("DROP TABLE bare")
    shutil.rmtree(target)


if __name__ == "__main__":
    main()
