WITH billed AS (
  SELECT b.claim, b.line, b.person, b.provider, b.item, b.name, b.amount_fen, b.served_day, k.item_a
  FROM bill b
  JOIN pairs k ON k.kind = 'includes' AND k.item_b = b.item AND b.served_day BETWEEN k.from_day AND k.until_day
), wider AS (
  SELECT DISTINCT b.person, b.provider, b.item, b.name, b.served_day
  FROM bill b JOIN pairs k ON k.kind = 'includes' AND k.item_a = b.item
)
SELECT b.claim, b.line, MAX(b.amount_fen) AS amount_fen, MAX(b.served_day) AS served_day, MAX(b.name) AS name,
  MAX(w.name) AS included_in
FROM billed b
JOIN wider w ON w.person = b.person AND w.provider = b.provider AND w.served_day = b.served_day AND w.item = b.item_a
GROUP BY b.claim, b.line
