WITH events AS (
  SELECT o.claim, o.provider, o.admitted_minute AS at_minute, 1 AS change FROM past_stay o WHERE o.visit = 'inpatient'
  UNION ALL
  SELECT o.claim, o.provider, o.discharged_minute AS at_minute, -1 AS change FROM past_stay o
  WHERE o.visit = 'inpatient'
), counted AS (
  SELECT claim, provider, change,
    SUM(change) OVER (PARTITION BY provider ORDER BY at_minute, change, claim
      ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS present
  FROM events
)
SELECT s.claim, CAST(NULL AS BIGINT) AS line, s.fund_fen AS amount_fen, s.admitted_day AS served_day, c.present, s.beds
FROM stay s
JOIN counted c ON c.claim = s.claim AND c.change = 1
WHERE s.visit = 'inpatient' AND s.beds > 0 AND c.present > s.beds * {factor}
