SELECT s.claim, CAST(NULL AS BIGINT) AS line, MAX(s.fund_fen) AS amount_fen, MAX(s.admitted_day) AS served_day,
  MAX(LEAST(s.discharged_day, o.discharged_day) - GREATEST(s.admitted_day, o.admitted_day)) AS days,
  MIN(o.claim) AS other_claim, MIN(o.provider) AS other_provider
FROM stay s
JOIN past_stay o ON o.person = s.person AND o.visit = 'inpatient' AND o.claim <> s.claim AND o.provider <> s.provider
  AND o.admitted_day < s.discharged_day AND s.admitted_day < o.discharged_day
  AND (o.settled_minute < s.settled_minute OR (o.settled_minute = s.settled_minute AND o.claim < s.claim))
WHERE s.visit = 'inpatient'
GROUP BY s.claim
