"""What a group of cases costs: the norms of the whole history, by group."""

from typing import Any

_NORMS = """
SELECT drg, COUNT(*) AS cases, AVG(total_fen) AS mean_fen,
  PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY total_fen) AS median_fen,
  PERCENTILE_CONT(0.1) WITHIN GROUP (ORDER BY total_fen) AS low_fen
FROM past_stay WHERE visit = 'inpatient' AND drg IS NOT NULL AND drg <> ''
GROUP BY drg"""


def norms(engine: Any) -> None:
    engine.keep("drg_norms", _NORMS)
