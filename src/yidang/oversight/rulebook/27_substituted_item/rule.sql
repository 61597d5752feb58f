WITH billed AS (
  SELECT b.claim, b.line, b.served_day, b.item, b.name, b.amount_fen, b.unit_price_fen, b.level, k.item_b
  FROM bill b
  JOIN pairs k ON k.kind = 'sibling' AND k.item_a = b.item AND b.served_day BETWEEN k.from_day AND k.until_day
), ordered AS (
  SELECT DISTINCT claim, item FROM orders
), judged AS (
  SELECT b.claim, b.line, b.amount_fen, b.served_day, b.name, b.item_b,
    CASE WHEN o.item IS NOT NULL AND own.item IS NULL THEN '医嘱为另一项目'
      WHEN own.item IS NULL AND b.unit_price_fen = s.ceiling_fen AND b.unit_price_fen <> p.ceiling_fen
        THEN '单价为另一项目的价格' END AS why
  FROM billed b
  LEFT JOIN ordered o ON o.claim = b.claim AND o.item = b.item_b
  LEFT JOIN ordered own ON own.claim = b.claim AND own.item = b.item
  LEFT JOIN prices p ON p.item = b.item AND p.level = b.level AND b.served_day BETWEEN p.from_day AND p.until_day
  LEFT JOIN prices s ON s.item = b.item_b AND s.level = b.level AND b.served_day BETWEEN s.from_day AND s.until_day
)
SELECT claim, line, MAX(amount_fen) AS amount_fen, MAX(served_day) AS served_day, MAX(name) AS name,
  MIN(item_b) AS other_item, MIN(why) AS why
FROM judged WHERE why IS NOT NULL
GROUP BY claim, line
