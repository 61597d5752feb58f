WITH used AS (
  SELECT claim, line, served_day, name, quantity, unit_price_fen, high,
    SUM(quantity) OVER (PARTITION BY person, provider, item, served_day ORDER BY line) AS so_far
  FROM limited WHERE limit_kind = 'max_day'
)
SELECT claim, line, served_day, name, so_far, high AS most,
  CAST(FLOOR(unit_price_fen * LEAST(quantity, so_far - high)) AS BIGINT) AS amount_fen
FROM used WHERE so_far > high
