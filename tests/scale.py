"""How long a run of faults and attacks is, and where its figures go."""

import json
import os
import time
from pathlib import Path

IS_FULL = os.environ.get("FAULTS") == "full"
FIGURES = Path(os.environ.get("FAULTS_FIGURES", "var/faults.jsonl"))


def many(short: int, full: int) -> int:
    return full if IS_FULL else short


def record(name: str, **figures: object) -> None:
    """Prints one line of figures; a full run keeps it too, for docs/reliability.md."""
    line = json.dumps({"name": name, "at": time.strftime("%F %T"), "load": os.getloadavg()[0], **figures}, default=str)
    print(line)
    if IS_FULL:
        FIGURES.parent.mkdir(parents=True, exist_ok=True)
        with FIGURES.open("a", encoding="utf-8") as sink:
            sink.write(line + "\n")
