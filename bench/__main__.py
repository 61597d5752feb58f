"""All figures, one after the other: `make bench`. Each is a program of its own: `python -m bench.NAME`."""

import subprocess
import sys
from pathlib import Path

failed = []
for path in sorted(Path(__file__).parent.glob("*.py")):
    if path.stem not in {"__main__", "__init__"} and not path.stem.startswith("_"):
        print(f"\n== {path.stem}", flush=True)
        if subprocess.run([sys.executable, "-m", f"bench.{path.stem}"], check=False).returncode:
            failed.append(path.stem)
sys.exit(f"failed: {', '.join(failed)}" if failed else 0)
