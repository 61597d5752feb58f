"""What the store costs, beside the floor of the same passes made bare, in the same run.

python bench/preservation.py [items]
"""

import hashlib
import os
import secrets
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid4

HOME = Path(tempfile.mkdtemp(prefix="yidang-bench-"))
os.environ["YIDANG_HOME"] = str(HOME / "home")
os.environ["DJANGO_SETTINGS_MODULE"] = "yidang.site.settings"

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes  # noqa: E402

from yidang.preservation import fixity, repository  # noqa: E402
from yidang.preservation.adapters.kernel_calls import sync_filesystem  # noqa: E402
from yidang.preservation.layout import object_prefix  # noqa: E402

BATCH = 100
CHUNK = 16 * 1024
FILES = 9  # of an object of one version: content of four, two inventories with sidecars, declaration


@dataclass(frozen=True)
class Cost:
    cpu: float
    wall: float


def cost(work: Callable[[], object]) -> Cost:
    cpu, wall = time.process_time(), time.perf_counter()
    work()
    return Cost(time.process_time() - cpu, time.perf_counter() - wall)


def show(what: str, here: str, floor: str, ratio: str) -> None:
    print(f"{what:<52} {here:>22} {floor:>26} {ratio:>12}")


def item(pdf: bytes, object_id: UUID | None = None) -> repository.NewVersion:
    """A one-page item as holdings files it."""
    content: dict[str, repository.Source] = {
        "original/1": pdf,
        "text": secrets.token_bytes(1500),
        "description": secrets.token_bytes(800),
        "provenance": secrets.token_bytes(900),
    }
    return repository.NewVersion(
        object_id=object_id or uuid4(),
        number=1,
        content=content,
        created=datetime.now(UTC),
        actor="1",
        action="item.filed",
    )


def seal_bare(data: bytes) -> bytes:
    pieces = []
    key = algorithms.SM4(secrets.token_bytes(16))
    for start in range(0, len(data), CHUNK):
        encryptor = Cipher(key, modes.GCM(secrets.token_bytes(12))).encryptor()
        pieces += [encryptor.update(data[start : start + CHUNK]), encryptor.finalize(), encryptor.tag]
    return b"".join(pieces)


def file_bare(items: list[repository.NewVersion]) -> None:
    """Seal, digest, and nine files in three folders an item; one sync."""
    place = HOME / "bare" / secrets.token_hex(4)
    for number, new in enumerate(items):
        folder = place / str(number)
        (folder / "v1" / "content").mkdir(parents=True)
        for name, source in enumerate(new.content.values()):
            assert isinstance(source, bytes)
            sealed = seal_bare(source)
            hashlib.sha512(sealed).hexdigest()
            (folder / "v1" / "content" / str(name)).write_bytes(sealed)
        for name in range(FILES - len(new.content)):
            (folder / str(name)).write_bytes(b"x" * 1000)
    sync_filesystem(place)


def filing(count: int) -> None:
    pdf = secrets.token_bytes(60_000)
    repository.write_objects([item(pdf) for _ in range(BATCH)])
    here, bare = [], []
    for _ in range(max(1, count // BATCH)):
        items = [item(pdf) for _ in range(BATCH)]
        here.append(cost(lambda items=items: repository.write_objects(items)))
        bare.append(cost(lambda items=items: file_bare(items)))
    cpu = 1000 * sum(one.cpu for one in here) / len(here) / BATCH
    floor = 1000 * sum(one.cpu for one in bare) / len(bare) / BATCH
    wall = sum(one.wall for one in here) / len(here) / BATCH
    show("filing a 60 kB PDF, CPU", f"{cpu:.2f} ms", f"bare {floor:.2f} ms", f"{cpu / floor:.2f}x")
    show("filing a 60 kB PDF, items/s", f"{1 / wall:.0f}", "", "")


def stored(size: int, extra: int) -> None:
    new = item(secrets.token_bytes(size))
    repository.write_objects([new])
    folder = HOME / "home" / "store" / object_prefix(new.object_id)
    paths = [path for path in folder.rglob("*") if path.is_file()]
    total = sum(path.stat().st_size for path in paths)
    blocks = sum(path.stat().st_blocks * 512 for path in [folder, *folder.rglob("*")])
    show(f"stored bytes of a {size // 1000} kB file", f"{total}", f"file + {extra} B of data", f"{total / size:.3f}x")
    show("  as du counts it", f"{blocks}", "", f"{blocks / size:.3f}x")


def random_reads() -> None:
    page, pages = 300_000, 500
    scan = HOME / "scan"
    with scan.open("wb") as sink:
        for _ in range(pages):
            sink.write(secrets.token_bytes(page))
    new = item(b"")
    large = repository.NewVersion(
        object_id=new.object_id,
        number=1,
        content={"original/1": lambda: scan.open("rb")},
        created=new.created,
        actor="1",
        action="item.filed",
    )
    written = cost(lambda: repository.write_objects([large]))
    size = page * pages
    show("writing an item of 150 MB", f"{size / written.wall / 1e6:.0f} MB/s", "", "")
    waits = []
    for _ in range(30):
        place = secrets.randbelow(pages) * page
        waits.append(1000 * cost(lambda place=place: _read(new.object_id, place, page)).wall)
    show("a page of 500, opened and read", f"{statistics.median(waits):.1f} ms", f"worst {max(waits):.1f} ms", "")
    verify(new.object_id, size)


def _read(object_id: UUID, place: int, size: int) -> bytes:
    with repository.open_content(object_id, "original/1") as reader:
        reader.seek(place)
        return reader.read(size)


def verify(object_id: UUID, size: int) -> None:
    folder = HOME / "home" / "store" / object_prefix(object_id)
    path = next(folder.glob("v1/content/*"))
    fixity.verify_object(object_id)
    pairs = []
    for _ in range(3):
        bare = cost(lambda: _verify_bare(path))
        here = cost(lambda: fixity.verify_object(object_id))
        pairs.append((size / here.cpu / 1e6, size / bare.cpu / 1e6))
    here_speed, bare_speed = statistics.median(pair[0] for pair in pairs), statistics.median(pair[1] for pair in pairs)
    show(
        "decrypt and verify", f"{here_speed:.0f} MB/s", f"bare {bare_speed:.0f} MB/s", f"{here_speed / bare_speed:.0%}"
    )


def _verify_bare(path: Path) -> None:
    """SM4-GCM chunk by chunk, and SHA-512, of the same bytes."""
    digest = hashlib.sha512()
    key = algorithms.SM4(secrets.token_bytes(16))
    into = bytearray(CHUNK + 16)
    with path.open("rb", buffering=0) as source:
        while piece := source.read(64 * (CHUNK + 16)):
            digest.update(piece)
            view = memoryview(piece)
            for start in range(0, len(view), CHUNK + 16):
                decryptor = Cipher(key, modes.GCM(secrets.token_bytes(12))).encryptor()  # GCM's two ways cost alike
                decryptor.update_into(view[start : start + CHUNK], into)
                decryptor.finalize()


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    show("what", "here", "floor or detail", "ratio")
    try:
        filing(count)
        stored(50_000, 3200)
        stored(300_000, 3200)
        random_reads()
    finally:
        shutil.rmtree(HOME, ignore_errors=True)


if __name__ == "__main__":
    main()
