WITH left_side AS (
  SELECT b.claim, b.prescription, b.served_day, b.line, b.item, b.name, b.amount_fen, k.item_b
  FROM bill b JOIN pairs k ON k.kind = 'interacts' AND k.item_a = b.item AND b.served_day BETWEEN k.from_day AND k.until_day
), right_side AS (
  SELECT DISTINCT b.claim, b.prescription, b.served_day, b.line, b.item, b.name, b.amount_fen
  FROM bill b JOIN pairs k ON k.kind = 'interacts' AND k.item_b = b.item
), found AS (
  SELECT a.claim, a.line, a.amount_fen, a.served_day, a.name, b.name AS other
  FROM left_side a JOIN right_side b ON b.claim = a.claim AND b.item = a.item_b AND b.served_day = a.served_day
  UNION ALL
  SELECT l.claim, l.line, l.amount_fen, l.served_day, l.name, d.code AS other
  FROM limited l JOIN diagnoses d ON d.claim = l.claim AND SUBSTR(d.code, 1, 1) = 'O'
  WHERE l.limit_kind = 'pregnancy' AND l.sex = 2
  UNION ALL
  SELECT b.claim, b.line, b.amount_fen, b.served_day, b.name, a.name AS other
  FROM left_side a JOIN right_side b ON b.claim = a.claim AND b.item = a.item_b AND b.served_day = a.served_day
)
SELECT claim, line, MAX(amount_fen) AS amount_fen, MAX(served_day) AS served_day, MAX(name) AS name, MAX(other) AS other
FROM found GROUP BY claim, line
