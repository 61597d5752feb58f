"""Which sets of tests a department orders for whom: by department and quarter, over the whole history."""

from typing import Any

# Two sets of tests are the same where count, sum and sum of squares of their items' numbers agree.
_PANELS = """
WITH tests AS (
  SELECT DISTINCT l.claim, i.item_number
  FROM raw_lines l JOIN items i ON i.item = l.item
  WHERE l.visit = 'inpatient' AND l.class = 'service' AND l.fee_category IN ('04', '4') AND NOT l.reversed
), sets AS (
  SELECT claim, COUNT(*) AS tests, SUM(item_number) AS mark_a, SUM(item_number * item_number) AS mark_b
  FROM tests GROUP BY claim
), admitted AS (
  SELECT claim, provider, department, CAST(FLOOR(admitted_day / 91.3125) AS INT) AS quarter
  FROM past_stay WHERE visit = 'inpatient'
), busy AS (
  SELECT provider, department, quarter, COUNT(*) AS stays FROM admitted GROUP BY provider, department, quarter
), same AS (
  SELECT a.provider, a.department, a.quarter, s.tests, s.mark_a, s.mark_b, COUNT(*) AS alike
  FROM admitted a JOIN sets s ON s.claim = a.claim
  GROUP BY a.provider, a.department, a.quarter, s.tests, s.mark_a, s.mark_b
)
SELECT a.claim, e.tests, e.alike, b.stays
FROM admitted a
JOIN sets s ON s.claim = a.claim
JOIN same e ON e.provider = a.provider AND e.department = a.department AND e.quarter = a.quarter
  AND e.tests = s.tests AND e.mark_a = s.mark_a AND e.mark_b = s.mark_b
JOIN busy b ON b.provider = a.provider AND b.department = a.department AND b.quarter = a.quarter
WHERE e.alike > 1"""


def panels(engine: Any) -> None:
    engine.keep("panels", _PANELS)
