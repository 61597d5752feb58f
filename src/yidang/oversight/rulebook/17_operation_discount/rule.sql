WITH done AS (
  SELECT b.claim, b.line, b.served_day, b.name, b.quantity, b.unit_price_fen, p.ceiling_fen, b.level, b.region,
    ROW_NUMBER() OVER (PARTITION BY b.claim, b.served_day ORDER BY b.unit_price_fen DESC, b.line) AS place
  FROM limited b
  JOIN prices p ON p.item = b.item AND p.level = b.level AND b.served_day BETWEEN p.from_day AND p.until_day
  WHERE b.limit_kind = 'operation'
), sessions AS (
  SELECT claim, operated_day, COUNT(DISTINCT session) AS sessions FROM operations GROUP BY claim, operated_day
)
SELECT d.claim, d.line, d.served_day, d.name, d.unit_price_fen, d.ceiling_fen, {ratio:d} AS ratio,
  CAST(FLOOR((d.unit_price_fen - d.ceiling_fen * {ratio:d}) * d.quantity) AS BIGINT) AS amount_fen
FROM done d
LEFT JOIN sessions s ON s.claim = d.claim AND s.operated_day = d.served_day
WHERE d.place > COALESCE(s.sessions, 1) AND d.unit_price_fen > d.ceiling_fen * {ratio:d} + 1
