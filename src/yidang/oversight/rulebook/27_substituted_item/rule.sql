WITH billed AS (
  SELECT b.claim, b.line, b.served_day, b.item, b.name, b.amount_fen, k.item_b
  FROM bill b
  JOIN pairs k ON k.kind = 'sibling' AND k.item_a = b.item AND b.served_day BETWEEN k.from_day AND k.until_day
), ordered AS (
  SELECT DISTINCT claim, item FROM orders
)
SELECT b.claim, b.line, b.amount_fen, b.served_day, b.name, b.item_b AS ordered_item
FROM billed b
JOIN ordered o ON o.claim = b.claim AND o.item = b.item_b
LEFT JOIN ordered own ON own.claim = b.claim AND own.item = b.item
WHERE own.item IS NULL
