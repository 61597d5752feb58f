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
    bare = best(lambda: bare_encrypt(plain))
    say("SM4-GCM alone, one message", bare)
    say("seal", best(lambda: seal(plain, key=KEY, context=CONTEXT)), bare)
    say("seal a stream", best(lambda: seal_stream(io.BytesIO(plain), io.BytesIO(), key=KEY, context=CONTEXT)), bare)
    say("unseal", best(lambda: unseal(sealed, key=KEY, context=CONTEXT)), bare)
    say("read through", best(lambda: read_through(SealedReader(io.BytesIO(sealed), key=KEY, context=CONTEXT))), bare)
    with_digest = best(lambda: (bare_encrypt(plain), hashlib.sha512(plain).digest()))
    say("bare decrypt and SHA-512", with_digest)
    say("unseal and SHA-512", best(lambda: hashlib.sha512(unseal(sealed, key=KEY, context=CONTEXT))), with_digest)
    reads = sorted(one_read(sealed, number) for number in range(200))
    print(
        f"{'300 kB read at random':32} median {1000 * statistics.median(reads):.2f} ms, p95 {1000 * reads[190]:.2f} ms"
    )


def bare_encrypt(plain: bytes) -> None:
    encryptor = Cipher(algorithms.SM4(KEY), modes.GCM(NONCE)).encryptor()
    encryptor.update(plain)
    encryptor.finalize()


def read_through(reader: io.RawIOBase) -> None:
    while reader.read(1 << 20):
        pass


def one_read(sealed: bytes, number: int) -> float:
    from yidang.crypto.envelope import SealedReader

    started = time.perf_counter()
    reader = SealedReader(io.BytesIO(sealed), key=KEY, context=CONTEXT)
    reader.seek(number * 150_001)
    reader.read(300_000)
    return time.perf_counter() - started


def best(work: Callable[[], object]) -> float:
    """MB/s of the best round: others at work on the machine only ever slow one down."""
    times = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        work()
        times.append(time.perf_counter() - started)
    return SIZE / 1e6 / min(times)


def say(what: str, speed: float, floor: float | None = None) -> None:
    beside = f", {speed / floor:.0%} of the bare loop" if floor else ""
    print(f"{what:32} {speed:6.1f} MB/s{beside}", flush=True)


if __name__ == "__main__":
    main()
