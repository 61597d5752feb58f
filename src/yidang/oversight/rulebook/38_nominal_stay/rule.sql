WITH treated AS (
  SELECT claim, COUNT(DISTINCT served_day) AS days
  FROM bill WHERE visit = 'inpatient' AND per <> 'day' GROUP BY claim
), away AS (
  SELECT claim, SUM(hours) AS hours FROM leaves GROUP BY claim
)
SELECT s.claim, CAST(NULL AS BIGINT) AS line, s.fund_fen AS amount_fen, s.admitted_day AS served_day, s.nights,
  COALESCE(t.days, 0) AS treated_days, COALESCE(a.hours, 0) AS hours_away
FROM stay s
LEFT JOIN treated t ON t.claim = s.claim
LEFT JOIN away a ON a.claim = s.claim
WHERE s.visit = 'inpatient' AND s.nights >= {nights} AND (
  s.nights - COALESCE(t.days, 0) > s.nights * {share} OR COALESCE(a.hours, 0) > s.nights * 24 * {away})
