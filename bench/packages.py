"""Judging packages by the clock, each right after the bare SHA-512 of the same bytes.

python -m bench.packages [megabytes]    1024 by default; half of it one file, half in files of 4 MB
"""

import hashlib
import secrets
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

from yidang.crypto.signatures import Algorithm, generate
from yidang.preservation.packages import FORMS, Parcel, Piece, validate, write_package
from yidang.preservation.packages.parcel import ORIGINAL

_MEGABYTE = 1024 * 1024
_SMALL = 4
_FLOOR = 0.60


def bare(paths: list[Path]) -> float:
    """Megabytes a second of SHA-512 on one core, files read as they lie."""
    started, size = time.perf_counter(), 0
    for path in paths:
        state = hashlib.sha512()
        with path.open("rb", buffering=0) as source:
            while piece := source.read(_MEGABYTE):
                state.update(piece)
                size += len(piece)
    return size / _MEGABYTE / (time.perf_counter() - started)


def judged(path: Path, megabytes: int) -> float:
    started = time.perf_counter()
    verdict = validate(path)
    assert verdict.is_valid, verdict.errors
    return megabytes / (time.perf_counter() - started)


def parcel(folder: Path, megabytes: int) -> Parcel:
    half = megabytes // 2
    sizes = [half, *[_SMALL] * ((megabytes - half) // _SMALL)]
    folder.mkdir()
    for number, size in enumerate(sizes):
        with (folder / str(number)).open("wb") as sink:
            for _ in range(size):
                sink.write(secrets.token_bytes(_MEGABYTE))
    pieces = [
        Piece(ORIGINAL, f"original/{n:04d}.bin", "application/octet-stream", size * _MEGABYTE, opener(folder / str(n)))
        for n, size in enumerate(sizes)
    ]
    return Parcel("urn:uuid:0", "bench", "bench", "bench", "2026-01-01T00:00:00+00:00", pieces)


def opener(path: Path) -> Callable:
    return lambda: path.open("rb")


def main(megabytes: int) -> None:
    scratch = Path(tempfile.mkdtemp(prefix="yidang-bench-"))
    key = generate(Algorithm.SM2)
    signer = SimpleNamespace(name="bench", public=key.public, sign=key.sign)
    worst = 9.0
    try:
        made = parcel(scratch / "files", megabytes)
        files = sorted((scratch / "files").iterdir())
        for form in [form for form in FORMS if form != "ocfl"]:
            folder = scratch / form
            folder.mkdir()
            write_package(made, folder, form, signer=signer)
            floor, rate = bare(files), judged(folder, megabytes)
            worst = min(worst, rate / floor)
            beside = f"bare SHA-512 {floor:5.0f} MB/s, ratio {rate / floor:.2f} (floor {_FLOOR})"
            print(f"{form:<8} {megabytes:5d} MB     {rate:7.0f} MB/s, {beside}")
            shutil.rmtree(folder)
    finally:
        shutil.rmtree(scratch)
    if worst < _FLOOR:
        sys.exit(f"slower than {_FLOOR} of SHA-512: {worst:.2f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1024)
