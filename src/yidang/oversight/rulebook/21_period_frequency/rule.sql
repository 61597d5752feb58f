WITH asked AS (
  SELECT claim, line, person, item, name, served_day, quantity, unit_price_fen, high,
    COALESCE(within_days, {within}) AS within_days
  FROM limited WHERE limit_kind = 'period'
), used AS (
  SELECT a.line, SUM(p.quantity) AS so_far
  FROM asked a
  JOIN past p ON p.person = a.person AND p.item = a.item
    AND p.served_day BETWEEN a.served_day - a.within_days + 1 AND a.served_day
    AND (p.served_day < a.served_day OR p.line <= a.line)
  GROUP BY a.line
)
SELECT a.claim, a.line, a.served_day, a.name, u.so_far, a.high AS most, a.within_days,
  CAST(FLOOR(a.unit_price_fen * LEAST(a.quantity, u.so_far - a.high)) AS BIGINT) AS amount_fen
FROM asked a JOIN used u ON u.line = a.line
WHERE u.so_far > a.high
