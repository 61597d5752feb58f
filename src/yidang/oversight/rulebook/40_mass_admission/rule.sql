WITH crowds AS (
  SELECT o.provider, o.admitted_day, o.doctor, SUBSTR(o.main_diagnosis, 1, 3) AS disease, p.address,
    COUNT(DISTINCT o.person) AS persons
  FROM past_stay o JOIN persons p ON p.person = o.person
  WHERE o.visit = 'inpatient' AND p.address IS NOT NULL
  GROUP BY o.provider, o.admitted_day, o.doctor, SUBSTR(o.main_diagnosis, 1, 3), p.address
  HAVING COUNT(DISTINCT o.person) >= {persons}
)
SELECT s.claim, CAST(NULL AS BIGINT) AS line, s.fund_fen AS amount_fen, s.admitted_day AS served_day, c.persons,
  c.disease, c.doctor
FROM stay s
JOIN crowds c ON c.provider = s.provider AND c.admitted_day = s.admitted_day AND c.doctor = s.doctor
  AND c.disease = SUBSTR(s.main_diagnosis, 1, 3) AND c.address = s.address
WHERE s.visit = 'inpatient'
