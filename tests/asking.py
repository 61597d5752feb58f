"""A process that stays beside a running server and says what Python expressions are worth on its archive.

What it costs to load the program is paid once, not with every question.
"""

import json
import subprocess
import sys
from typing import IO, Any

PROGRAM = """
import json, sys, traceback
from yidang.site.runtime.session import running

for line in sys.stdin:
    try:
        with running():
            from yidang.holdings import models, queries
            from yidang.intake import models as intake
            value = eval(json.loads(line), {"models": models, "queries": queries, "intake": intake})
            said = {"value": value}
            told = json.dumps(said, default=str)
    except Exception:
        told = json.dumps({"failure": traceback.format_exc()})
    print("TOLD" + told, flush=True)
"""


class Oracle:
    def __init__(self, environment: dict[str, str], log: IO[bytes]) -> None:
        self.environment = environment
        self._process = subprocess.Popen(
            [sys.executable, "-c", PROGRAM],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        )

    def ask(self, expression: str) -> Any:
        """Raises AssertionError with the traceback where the expression has no value."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps(expression) + "\n")
        self._process.stdin.flush()
        for line in self._process.stdout:
            if line.startswith("TOLD"):
                told = json.loads(line.removeprefix("TOLD"))
                assert "value" in told, told["failure"]
                return told["value"]
        raise AssertionError(f"no answer to {expression}")

    def end(self) -> None:
        self._process.communicate(timeout=60)
