WITH asked AS (
  SELECT DISTINCT b.claim, b.line, b.person, b.item, b.name, b.amount_fen, b.served_day
  FROM bill b
  JOIN choices k ON k.kind = 'first_line' AND k.item = b.item AND b.served_day BETWEEN k.from_day AND k.until_day
  WHERE b.class = 'drug'
), met AS (
  SELECT DISTINCT a.line
  FROM asked a
  JOIN choices k ON k.kind = 'first_line' AND k.item = a.item AND a.served_day BETWEEN k.from_day AND k.until_day
  JOIN past p ON p.person = a.person AND p.item = k.choice
    AND p.served_day BETWEEN a.served_day - {days} AND a.served_day
), before AS (
  SELECT DISTINCT a.line
  FROM asked a
  JOIN past p ON p.person = a.person AND p.item = a.item
    AND p.served_day BETWEEN a.served_day - {days} AND a.served_day - 1
)
SELECT a.claim, a.line, a.amount_fen, a.served_day, a.name
FROM asked a
LEFT JOIN met m ON m.line = a.line
WHERE m.line IS NULL
