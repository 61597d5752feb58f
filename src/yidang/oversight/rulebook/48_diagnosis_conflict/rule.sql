SELECT s.claim, CAST(NULL AS BIGINT) AS line, MAX(s.fund_fen) AS amount_fen, MAX(s.admitted_day) AS served_day,
  MAX(d.code) AS diagnosis, MAX(s.sex) AS sex, MAX(s.age) AS age, MAX(k.kind) AS what
FROM stay s
JOIN diagnoses d ON d.claim = s.claim
JOIN diagnosis_limits k ON SUBSTR(d.code, 1, LENGTH(k.code)) = k.code AND k.kind IN ('sex', 'age')
  AND s.admitted_day BETWEEN k.from_day AND k.until_day
WHERE (k.kind = 'sex' AND s.sex IN (1, 2) AND s.sex <> k.low) OR (k.kind = 'age' AND (s.age < k.low OR s.age > k.high))
GROUP BY s.claim
