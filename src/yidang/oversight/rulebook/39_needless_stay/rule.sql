WITH treated AS (
  SELECT DISTINCT claim FROM bill
  WHERE visit = 'inpatient' AND (class IN ('drug', 'herb', 'material') OR fee_category IN ('05', '06', '5', '6'))
)
SELECT s.claim, CAST(NULL AS BIGINT) AS line, s.fund_fen AS amount_fen, s.admitted_day AS served_day, s.nights,
  s.total_fen, s.drg, n.low_fen
FROM stay s
LEFT JOIN drg_norms n ON n.drg = s.drg AND n.cases >= {cases}
LEFT JOIN treated t ON t.claim = s.claim
LEFT JOIN (SELECT DISTINCT claim FROM operations) o ON o.claim = s.claim
WHERE s.visit = 'inpatient' AND s.nights <= {nights} AND t.claim IS NULL AND o.claim IS NULL
  AND s.discharge_way NOT IN (2, 5) AND s.total_fen < COALESCE(n.low_fen, {otherwise})
