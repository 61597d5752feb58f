"""56 rules over five million lines: seconds and memory, beside the bare engine on the same texts; what is found.

    python -m bench.oversight [LINES]

How many times the bare engine's is told by the processor's time: the two run one after the other, and what else the
machine does then is not of it. The second engine, `yidang oversight run --engine spark` (extra `spark`), is no part of
the figures.
"""

import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from time import monotonic

LINES, MOST_SECONDS, MOST_MB, MOST_TIMES = 5_000_000, 60, 2048, 1.2
FOUND, WRONG = 0.97, 0.03
PEAK = "print(__import__('resource').getrusage(__import__('resource').RUSAGE_SELF).ru_maxrss // 1024)"


def child(code: str, *arguments: str) -> list[str]:
    """Each figure in a process of its own: the memory of one is not the memory of another."""
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "yidang.site.settings"}
    done = subprocess.run(
        [sys.executable, "-c", f"{code}\n{PEAK}", *arguments],
        check=True,
        capture_output=True,
        text=True,
        env=environment,
    )
    return done.stdout.split()


RULES = """
import sys, time, duckdb; from pathlib import Path
from yidang.oversight.analytics.running import run_rules
begun = time.process_time()
done = run_rules(Path(sys.argv[1])); print(done["lines"], done["seconds"], time.process_time() - begun)
"""

BARE = """
import sys, time, duckdb; from pathlib import Path
from yidang.oversight.analytics import duck, runner
said = []
class Listening(duck.Duck):
    def run(self, sql): said.append(sql); super().run(sql)
duck.Duck = Listening
from yidang.oversight.rules.loading import book
with runner.examined(Path(sys.argv[1]), book()): pass
with duckdb.connect(config={"threads": 2, "memory_limit": duck.MEMORY}) as bare:
    from yidang.oversight.analytics.schema import tables
    from yidang.oversight.knowledge.current import base
    bare.execute("SET enable_progress_bar = false")
    keeper = duck.Duck(bare)
    duck.attach(keeper, Path(sys.argv[1]), base())
    keeper.table("companion_groups", {"person": "BIGINT", "leader": "BIGINT", "members": "INT"}, [])
    keeper.table("doubts", runner.DOUBTS, [])
    texts = [sql for sql in said if "raw_" not in sql[:40] and "companion_groups (" not in sql and sql[:4] != "SET "]
    begun, worked = time.monotonic(), time.process_time()
    for sql in texts: bare.execute(sql)
    print(time.monotonic() - begun, time.process_time() - worked)
"""


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yidang.site.settings")
    lines = int(sys.argv[1]) if len(sys.argv) > 1 else LINES
    from yidang.claims.generator.making import generate
    from yidang.oversight.evaluation.measuring import evaluate

    with tempfile.TemporaryDirectory(prefix="yidang-bench-") as place:
        folder = Path(place) / "claims"
        begun = monotonic()
        generate(lines=lines, seed=56, out=folder, workers=2)
        print(f"{lines:,} invented lines in {monotonic() - begun:.0f} s")
        counted, seconds, work, peak = child(RULES, str(folder))
        print(f"56 rules: {int(counted):,} lines in {float(seconds):.1f} s, {int(peak):,} MB")
        bare, bare_work, _ = child(BARE, str(folder))
        times = float(work) / float(bare_work)
        print(
            f"the same texts on bare DuckDB: {float(bare):.1f} s; of the processor {float(work):.1f} s to"
            f" {float(bare_work):.1f} s ({times:.2f} times, floor {MOST_TIMES})"
        )
        told = evaluate(folder / "truth.csv")
        print(f"planted and found {told['found_share']:.2%}; look-alikes doubted {told['wrong_share']:.2%}")
    held = float(seconds) <= MOST_SECONDS and int(peak) <= MOST_MB and times <= MOST_TIMES
    held = held and told["found_share"] >= FOUND and told["wrong_share"] <= WRONG
    print(f"peak of this process {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024:,} MB")
    sys.exit(0 if held else "a figure is missed")


if __name__ == "__main__":
    main()
