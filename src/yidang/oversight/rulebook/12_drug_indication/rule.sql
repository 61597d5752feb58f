WITH asked AS (
  SELECT DISTINCT b.claim, b.line, b.person, b.item, b.name, b.amount_fen, b.served_day, b.main_diagnosis,
    b.month_number
  FROM bill b
  JOIN choices k ON k.kind = 'indication' AND k.item = b.item AND b.served_day BETWEEN k.from_day AND k.until_day
  WHERE b.class = 'drug'
), met AS (
  SELECT DISTINCT a.line
  FROM asked a
  JOIN past_diagnoses d ON d.person = a.person
    AND d.month_number BETWEEN a.month_number - {months} AND a.month_number
  JOIN choices k ON k.kind = 'indication' AND k.item = a.item AND a.served_day BETWEEN k.from_day AND k.until_day
    AND SUBSTR(d.code, 1, LENGTH(k.choice)) = k.choice
)
SELECT a.claim, a.line, a.amount_fen, a.served_day, a.name, a.main_diagnosis
FROM asked a
LEFT JOIN met m ON m.line = a.line
WHERE m.line IS NULL
