WITH asked AS (
  SELECT claim, line, person, item, name, served_day, amount_fen, high, COALESCE(within_days, {within}) AS within_days,
    COALESCE(days_supply, CEIL(quantity)) AS days_supply
  FROM limited WHERE limit_kind = 'course_days' AND class = 'drug'
), taken AS (
  SELECT a.line, SUM(COALESCE(p.days_supply, CEIL(p.quantity))) AS days
  FROM asked a
  JOIN past p ON p.person = a.person AND p.item = a.item
    AND p.served_day BETWEEN a.served_day - a.within_days + 1 AND a.served_day
    AND (p.served_day < a.served_day OR p.line <= a.line)
  GROUP BY a.line
)
SELECT a.claim, a.line, a.served_day, a.name, CAST(t.days AS INT) AS days, CAST(a.high AS INT) AS most,
  CAST(FLOOR(a.amount_fen * LEAST(1.0, (t.days - a.high) / a.days_supply)) AS BIGINT) AS amount_fen
FROM asked a JOIN taken t ON t.line = a.line
WHERE t.days > a.high AND a.days_supply > 0
