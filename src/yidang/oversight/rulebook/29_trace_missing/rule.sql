WITH uncoded AS (
  SELECT b.claim, b.line, b.item, b.name, b.amount_fen, b.served_day
  FROM bill b
  WHERE b.class = 'drug' AND b.served_day >= {from_day} AND b.visit <> 'inpatient' AND (b.trace IS NULL OR b.trace = '')
), known AS (
  SELECT DISTINCT t.line FROM traces t WHERE t.movement = 'sale'
), exempt AS (
  SELECT DISTINCT item FROM choices WHERE kind = 'no_trace'
)
SELECT u.claim, u.line, u.amount_fen, u.served_day, u.name
FROM uncoded u
LEFT JOIN known k ON k.line = u.line
LEFT JOIN exempt e ON e.item = u.item
WHERE k.line IS NULL AND e.item IS NULL
