WITH body AS (
  SELECT v.claim,
    CASE WHEN v.sex IN (1, 2) AND s.sex IN (1, 2) AND v.sex <> s.sex THEN '性别'
      WHEN v.blood_group <> s.blood_group THEN '血型' END AS what
  FROM vitals v JOIN stay s ON s.claim = v.claim
), heights AS (
  SELECT v.claim, '身高' AS what
  FROM vitals v
  JOIN stay s ON s.claim = v.claim AND s.age BETWEEN 20 AND 70
  JOIN vitals o ON o.person = v.person AND o.claim < v.claim AND ABS(o.height_cm - v.height_cm) > {height}
), moves AS (
  SELECT s.claim, s.person, s.provider, s.admitted_minute, s.longitude, s.latitude FROM stay s
  WHERE s.visit IN ('outpatient', 'emergency', 'pharmacy') AND s.longitude IS NOT NULL
), apart AS (
  SELECT m.claim, '两地' AS what
  FROM moves m
  JOIN past_stay o ON o.person = m.person AND o.provider <> m.provider AND o.claim <> m.claim
    AND o.visit IN ('outpatient', 'emergency', 'pharmacy') AND o.admitted_minute BETWEEN m.admitted_minute - {minutes} AND m.admitted_minute
    AND (o.admitted_minute < m.admitted_minute OR o.claim < m.claim)
  JOIN providers h ON h.provider = o.provider AND h.longitude IS NOT NULL
  WHERE 111.2 * SQRT(POWER(m.latitude - h.latitude, 2)
      + POWER((m.longitude - h.longitude) * COS(RADIANS(m.latitude)), 2))
    > {least} + {speed} * (m.admitted_minute - o.admitted_minute) / 60.0
), found AS (
  SELECT claim, what FROM body WHERE what IS NOT NULL
  UNION ALL SELECT claim, what FROM heights
  UNION ALL SELECT claim, what FROM apart
)
SELECT s.claim, CAST(NULL AS BIGINT) AS line, MAX(s.fund_fen) AS amount_fen, MAX(s.admitted_day) AS served_day,
  MAX(f.what) AS what
FROM found f JOIN stay s ON s.claim = f.claim
GROUP BY s.claim
