WITH admitted AS (
  SELECT claim, person, provider, admitted_day, discharged_day FROM past_stay
  WHERE visit = 'inpatient' AND discharged_day - admitted_day >= 2
)
SELECT b.claim, b.line, MAX(b.amount_fen) AS amount_fen, MAX(b.served_day) AS served_day, MAX(b.name) AS name,
  MAX(a.provider) AS admitted_at, MIN(a.claim) AS admission
FROM bill b
JOIN admitted a ON a.person = b.person AND a.provider <> b.provider
  AND b.served_day > a.admitted_day AND b.served_day < a.discharged_day
WHERE b.visit IN ('outpatient', 'pharmacy', 'emergency')
GROUP BY b.claim, b.line
