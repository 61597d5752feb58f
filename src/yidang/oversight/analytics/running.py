"""What the command line, the nightly duty and tests call: rules over a folder, on the engine asked for."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from yidang.oversight.analytics.runner import Progress, examined, runnable
from yidang.oversight.rules.loading import book, rules_named
from yidang.oversight.rules.rule import Rule


def run_rules(
    folder: Path, names: Sequence[str] = (), engine: str = "duckdb", progress: Progress | None = None
) -> dict[str, Any]:
    """{"lines", "seconds", "findings": {rule: {"claims", "lines", "amount_fen", "at_risk_fen"}}}.

    `amount_fen` is counted once over all rules: the sum over the rules is the money in doubt.
    """
    rules = rules_named(names) if names else tuple(runnable(book()))
    if engine == "spark":
        return _on_spark(folder, rules)
    with examined(folder, rules, progress) as done:
        return {
            "lines": done.lines,
            "claims": done.claims,
            "seconds": round(done.seconds, 3),
            "findings": done.findings(),
        }


def _on_spark(folder: Path, rules: Sequence[Rule]) -> dict[str, Any]:
    from yidang.oversight.analytics.spark import examine

    return examine(folder, rules)
