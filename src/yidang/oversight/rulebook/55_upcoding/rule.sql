SELECT s.claim, CAST(NULL AS BIGINT) AS line, s.admitted_day AS served_day, r.assigned, r.supported, r.diagnosis,
  r.assigned_weight, r.supported_weight,
  CAST(FLOOR(s.fund_fen * (1 - r.supported_weight / r.assigned_weight)) AS BIGINT) AS amount_fen
FROM stay s
JOIN regrouped r ON r.claim = s.claim
WHERE s.visit = 'inpatient' AND r.assigned_weight - r.supported_weight > {difference}
