"""Inventing claims: wall and processor time and the most memory of one process, beside the floor.

python -m bench.claims_generate [lines]    5,000,000 by default
"""

import resource
import sys
import tempfile
import time
from pathlib import Path

from yidang.claims.generator.making import generate

_FLOOR = 5_000_000 / 120  # lines a second
_MOST = 2048  # megabytes of one process, however many lines there are


def main(lines: int) -> None:
    with tempfile.TemporaryDirectory(prefix="yidang-bench-") as folder:
        started = time.perf_counter()
        made = generate(lines=lines, seed=1, out=Path(folder) / "made")
        seconds = time.perf_counter() - started
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    processor = sum(one.ru_utime + one.ru_stime for one in used)
    memory = max(one.ru_maxrss for one in used) / 1024
    rate = made["lines"] / seconds
    print(f"{made['lines']:,} lines in {made['claims']:,} claims: {seconds:.1f} s, processor {processor:.1f} s")
    print(f"{rate:,.0f} lines a second (floor {_FLOOR:,.0f}), {memory:.0f} MB in the largest process (at most {_MOST})")
    if rate < _FLOOR or memory > _MOST:
        sys.exit("slower or larger than it may be")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5_000_000)
