"""Sealing's figures, each beside a bare loop that makes the same passes in the same run. `python -m bench.crypto`"""

import hashlib
import io
import os
import statistics
import time
from collections.abc import Callable

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

SIZE = 32 * 1024 * 1024
ROUNDS = 5
KEY, NONCE, CONTEXT = bytes(range(16)), bytes(12), b"bench"


def main() -> None:
    from yidang.crypto.envelope import SealedReader, seal, seal_stream, unseal

    plain = os.urandom(SIZE)
    sealed = seal(plain, key=KEY, context=CONTEXT)

    def read() -> None:
        read_through(SealedReader(io.BytesIO(sealed), key=KEY, context=CONTEXT))

    compare("seal", lambda: seal(plain, key=KEY, context=CONTEXT), lambda: bare_encrypt(plain))
    compare(
        "seal a stream",
        lambda: seal_stream(io.BytesIO(plain), io.BytesIO(), key=KEY, context=CONTEXT),
        lambda: bare_encrypt(plain),
    )
    compare("unseal", lambda: unseal(sealed, key=KEY, context=CONTEXT), lambda: bare_encrypt(plain))
    compare("read through", read, lambda: bare_encrypt(plain))
    compare(
        "unseal and SHA-512 (must: 80%)",
        lambda: hashlib.sha512(unseal(sealed, key=KEY, context=CONTEXT)),
        lambda: (bare_encrypt(plain), hashlib.sha512(plain)),
    )
    reads = sorted(seconds(lambda: one_read(sealed, number)) for number in range(200))  # noqa: B023 - called at once
    middle, slow = 1000 * statistics.median(reads), 1000 * reads[190]
    print(f"{'300 kB read at random':32} median {middle:.2f} ms, p95 {slow:.2f} ms of one core")


def bare_encrypt(plain: bytes) -> None:
    encryptor = Cipher(algorithms.SM4(KEY), modes.GCM(NONCE)).encryptor()
    encryptor.update(plain)
    encryptor.finalize()


def read_through(reader: io.RawIOBase) -> None:
    while reader.read(1 << 20):
        pass


def one_read(sealed: bytes, number: int) -> None:
    from yidang.crypto.envelope import SealedReader

    reader = SealedReader(io.BytesIO(sealed), key=KEY, context=CONTEXT)
    reader.seek(number * 150_001)
    reader.read(300_000)


def compare(what: str, work: Callable[[], object], floor: Callable[[], object]) -> None:
    """In turns, so that others at work on the machine slow both alike."""
    rounds = [(seconds(work), seconds(floor)) for _ in range(ROUNDS)]
    speed = SIZE / 1e6 / min(took for took, _floor in rounds)
    ratio = statistics.median(least / took for took, least in rounds)
    print(f"{what:32} {speed:6.1f} MB per second of one core, {ratio:.0%} of the bare loop", flush=True)


def seconds(work: Callable[[], object]) -> float:
    """Of this process on its core."""
    started = time.process_time()
    work()
    return time.process_time() - started


if __name__ == "__main__":
    main()
