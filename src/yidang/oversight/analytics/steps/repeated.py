"""Boxes that moved more than once: only of these can two sales, or a sale after a return, be true."""
# ruff: noqa: S608 - the text is made of the schema

from typing import Any

from yidang.oversight.analytics.schema import minute

REPEATED = f"""
WITH again AS (
  SELECT trace FROM raw_traces WHERE trace IS NOT NULL AND trace <> '' GROUP BY trace
  HAVING COUNT(DISTINCT claim) > 1 OR MAX(CASE WHEN kind = 'return' THEN 1 ELSE 0 END) = 1
), undone AS (
  SELECT claim FROM raw_settlements WHERE reversed
)
SELECT t.trace, t.line, t.claim, t.person, t.provider, t.region, t.kind AS movement,
  {minute("t.moved_at")} AS moved_minute,
  CASE WHEN t.is_split THEN t.quantity ELSE 1.0 END AS share,
  COALESCE(t.document, CAST(t.claim AS VARCHAR)) AS document
FROM raw_traces t
JOIN again a ON a.trace = t.trace
LEFT JOIN undone u ON u.claim = t.claim
WHERE u.claim IS NULL"""


def repeated(engine: Any) -> None:
    engine.keep("repeated", REPEATED)
