WITH outside AS (
  SELECT s.claim, SUM(o.total_fen) AS moved_fen
  FROM stay s
  JOIN past_stay o ON o.person = s.person AND o.provider = s.provider AND o.visit = 'outpatient'
    AND (o.settled_day BETWEEN s.admitted_day - {days} AND s.admitted_day
      OR o.settled_day BETWEEN s.discharged_day AND s.discharged_day + {days})
  WHERE s.visit = 'inpatient'
  GROUP BY s.claim
), judged AS (
  SELECT s.claim, s.fund_fen, s.admitted_day, s.total_fen, s.drg, n.mean_fen, COALESCE(o.moved_fen, 0) AS moved_fen,
    s.discharge_way
  FROM stay s
  JOIN drg_norms n ON n.drg = s.drg AND n.cases >= {cases}
  LEFT JOIN outside o ON o.claim = s.claim
  WHERE s.visit = 'inpatient'
)
SELECT claim, CAST(NULL AS BIGINT) AS line, admitted_day AS served_day, drg, total_fen, mean_fen, moved_fen,
  CAST(FLOOR(CASE WHEN total_fen > mean_fen * {high} THEN LEAST(fund_fen, total_fen - mean_fen) ELSE fund_fen END) AS BIGINT) AS amount_fen
FROM judged
WHERE discharge_way NOT IN (2, 5)
  AND (total_fen < mean_fen * {low} OR total_fen > mean_fen * {high} OR moved_fen > total_fen * {share})
