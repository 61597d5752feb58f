"""Whose money a line is: the doubt with the most money on a line counts it, and no other does."""

from collections.abc import Iterable

from yidang.oversight.analytics.duck import Duck
from yidang.oversight.rules.rule import Rule, Status

_SUMMARY = """
WITH once AS (
  SELECT rule, claim, line, MAX(amount_fen) AS amount_fen FROM doubts GROUP BY rule, claim, line
), shared AS (
  SELECT rule, claim, line, amount_fen,
    CASE WHEN line IS NOT NULL AND rule NOT IN ({trial}) AND ROW_NUMBER() OVER (
      PARTITION BY line, rule IN ({trial}) ORDER BY amount_fen DESC, rule) = 1
    THEN amount_fen ELSE 0 END AS counted_fen
  FROM once
)
SELECT rule, COUNT(DISTINCT claim), COUNT(DISTINCT line), CAST(SUM(counted_fen) AS BIGINT),
  CAST(SUM(amount_fen) AS BIGINT)
FROM shared GROUP BY rule ORDER BY rule
"""


def summary(duck: Duck, rules: Iterable[Rule]) -> dict[str, dict[str, int]]:
    """By rule: claims, lines, `amount_fen` counted once over all rules, `at_risk_fen` of the rule for itself.

    A rule on trial counts no money.
    """
    told = list(rules)
    trial = ", ".join(f"'{rule.id}'" for rule in told if rule.status is Status.SHADOW) or "''"
    found = {row[0]: row[1:] for row in duck.rows(_SUMMARY.format(trial=trial))}
    names = ("claims", "lines", "amount_fen", "at_risk_fen")
    return {rule.id: dict(zip(names, found.get(rule.id, (0, 0, 0, 0)), strict=True)) for rule in told}
