"""A grouper's second look: the group a stay falls into when complications nothing was done for are left out."""

from typing import Any

# Where a group has no weight of its own, the row `*1`, `*3`, `*5` of its severity speaks.
# The last digit of a group is its severity: 1 with a major complication, 3 with another, 5 without.
_REGROUPED = """
WITH heavy AS (
  SELECT claim, drg FROM past_stay WHERE visit = 'inpatient' AND SUBSTR(drg, 4, 1) IN ('1', '3')
), complications AS (
  SELECT h.claim, h.drg, d.code, k.severity, k.item
  FROM heavy h
  JOIN raw_diagnoses d ON d.claim = h.claim AND NOT d.is_main
  JOIN supports k ON SUBSTR(d.code, 1, LENGTH(k.diagnosis)) = k.diagnosis
), served AS (
  SELECT DISTINCT l.claim, l.item
  FROM raw_lines l
  JOIN (SELECT DISTINCT item FROM supports) w ON w.item = l.item
  JOIN heavy h ON h.claim = l.claim
  WHERE NOT l.reversed
), judged AS (
  SELECT c.claim, c.drg, c.code, c.severity, MAX(CASE WHEN v.item IS NULL THEN 0 ELSE 1 END) AS is_supported
  FROM complications c LEFT JOIN served v ON v.claim = c.claim AND v.item = c.item
  GROUP BY c.claim, c.drg, c.code, c.severity
), levels AS (
  SELECT claim, drg, MIN(CASE WHEN is_supported = 0 THEN code END) AS diagnosis,
    MAX(CASE WHEN severity = 'MCC' THEN is_supported ELSE 0 END) AS has_major, MAX(is_supported) AS has_any
  FROM judged GROUP BY claim, drg
), supported AS (
  SELECT claim, drg AS assigned, diagnosis, SUBSTR(drg, 1, 3)
    || CASE WHEN SUBSTR(drg, 4, 1) = '1' AND has_major = 1 THEN '1' WHEN has_any = 1 THEN '3' ELSE '5' END AS supported
  FROM levels WHERE diagnosis IS NOT NULL
)
SELECT s.claim, s.diagnosis, s.assigned, s.supported,
  COALESCE(a.weight, aa.weight) AS assigned_weight, COALESCE(b.weight, bb.weight) AS supported_weight
FROM supported s
LEFT JOIN drg_weights a ON a.drg = s.assigned
LEFT JOIN drg_weights b ON b.drg = s.supported
LEFT JOIN drg_weights aa ON aa.drg = '*' || SUBSTR(s.assigned, 4, 1)
LEFT JOIN drg_weights bb ON bb.drg = '*' || SUBSTR(s.supported, 4, 1)
WHERE s.supported <> s.assigned"""


def regrouping(engine: Any) -> None:
    engine.keep("regrouped", _REGROUPED)
