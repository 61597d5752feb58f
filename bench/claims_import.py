"""Lines a second from Parquet into rows, validated and committed. `python -m bench.claims_import [--lines N]`

The history follows in the same call: its seconds are told, too. Beside it, the bare COPY of the same lines into the
same table, which nothing can go below.
"""

import argparse
import os
import resource
import sys
import tempfile
import time
from pathlib import Path

FLOOR = 50_000


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--lines", type=int, default=1_000_000)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="yidang-bench-") as folder:
        os.environ["YIDANG_HOME"] = f"{folder}/home"
        os.environ["DJANGO_SETTINGS_MODULE"] = "yidang.site.settings"
        given = Path(folder) / "given"
        make(chosen.lines, given)
        from yidang.site.runtime.session import running

        with running():
            os.sync()  # what was only just made for this is no work of the import
            report(given)


def make(lines: int, given: Path) -> None:
    import django

    django.setup()
    from yidang.claims.generator.making import generate

    generate(lines=lines, seed=1, out=given)


def report(given: Path) -> None:
    from yidang.claims.importing.operations import import_claims
    from yidang.identity.policy import system_grant

    grant = system_grant("bench")
    cpu = time.process_time()
    first = import_claims(grant=grant, path=given)
    cpu = time.process_time() - cpu
    again = import_claims(grant=grant, path=given)
    rate = first.lines / first.seconds
    print(f"{first.lines} lines, {first.received} rows, {first.rejected} kept out: {first.seconds:.1f} s")
    whole = first.lines / first.history_seconds
    print(f"history after {first.history_seconds:.1f} s ({whole:,.0f} lines/s), {cpu:.1f} s CPU")
    bare = bare_copy(first.lines)
    print(f"{rate:,.0f} lines/s (floor {FLOOR:,}), bare COPY of the lines {bare:,.0f} lines/s")
    print(f"the same again: {again.seconds:.1f} s, nothing changed")
    print(f"memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")
    if rate < FLOOR:
        sys.exit(f"{rate:,.0f} lines/s are fewer than {FLOOR:,}")


def bare_copy(lines: int) -> float:
    from django.db import connection, transaction

    with transaction.atomic(), connection.cursor() as cursor:
        with cursor.cursor.copy("COPY claims_line TO STDOUT (FORMAT CSV)") as copy:
            rows = b"".join(bytes(block) for block in copy)
        cursor.execute("CREATE TEMP TABLE bare (LIKE claims_line INCLUDING ALL) ON COMMIT DROP")
        began = time.monotonic()
        with cursor.cursor.copy("COPY bare FROM STDIN (FORMAT CSV)") as copy:
            copy.write(rows)
        return lines / (time.monotonic() - began)


if __name__ == "__main__":
    main()
