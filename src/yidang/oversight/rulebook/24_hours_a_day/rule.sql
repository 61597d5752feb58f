WITH used AS (
  SELECT claim, line, served_day, name, quantity, unit_price_fen,
    SUM(quantity) OVER (PARTITION BY person, item, served_day ORDER BY line) AS so_far
  FROM bill WHERE per = 'hour'
)
SELECT claim, line, served_day, name, so_far,
  CAST(FLOOR(unit_price_fen * LEAST(quantity, so_far - {most})) AS BIGINT) AS amount_fen
FROM used WHERE so_far > {most}
