SELECT b.claim, b.line, b.served_day, b.name, b.unit_price_fen, p.ceiling_fen,
  CAST(FLOOR((b.unit_price_fen - p.ceiling_fen) * b.quantity) AS BIGINT) AS amount_fen
FROM bill b
JOIN prices p ON p.item = b.item AND p.level = b.level AND b.served_day BETWEEN p.from_day AND p.until_day
WHERE b.unit_price_fen > p.ceiling_fen * (1 + {tolerance})
