WITH again AS (
  SELECT s.claim, s.fund_fen, s.admitted_day, s.main_diagnosis, s.admitted_day - o.discharged_day AS gap,
    o.claim AS former_claim, {days:s} AS days
  FROM stay s
  JOIN past_stay o ON o.person = s.person AND o.provider = s.provider AND o.visit = 'inpatient' AND o.claim <> s.claim
    AND SUBSTR(o.main_diagnosis, 1, 3) = SUBSTR(s.main_diagnosis, 1, 3)
    AND s.admitted_day - o.discharged_day BETWEEN 0 AND 15
  WHERE s.visit = 'inpatient'
), planned AS (
  SELECT code FROM diagnosis_limits WHERE kind = 'planned'
)
SELECT a.claim, CAST(NULL AS BIGINT) AS line, MAX(a.fund_fen) AS amount_fen, MAX(a.admitted_day) AS served_day,
  MIN(a.gap) AS gap, MAX(a.main_diagnosis) AS main_diagnosis, MAX(a.former_claim) AS former_claim
FROM again a
LEFT JOIN planned p ON SUBSTR(a.main_diagnosis, 1, LENGTH(p.code)) = p.code
WHERE a.gap <= a.days AND p.code IS NULL
GROUP BY a.claim
