WITH filled AS (
  SELECT b.claim, b.line, b.person, b.generic, b.name, b.amount_fen, b.served_day, b.served_minute
  FROM bill b
  WHERE b.class = 'drug' AND b.days_supply > {least} AND b.visit IN ('outpatient', 'pharmacy', 'internet')
), before AS (
  SELECT p.person, i.generic, p.claim, p.served_day, p.served_minute, p.days_supply
  FROM past p JOIN items i ON i.item = p.item
  WHERE p.class = 'drug' AND p.days_supply > {least} AND p.visit IN ('outpatient', 'pharmacy', 'internet')
)
SELECT f.claim, f.line, MAX(f.amount_fen) AS amount_fen, MAX(f.served_day) AS served_day, MAX(f.name) AS name,
  MAX(b.served_day + b.days_supply) - MAX(f.served_day) AS days_left
FROM filled f
JOIN before b ON b.person = f.person AND b.generic = f.generic AND b.claim <> f.claim
  AND b.served_minute < f.served_minute AND b.served_day + b.days_supply - f.served_day > {days}
GROUP BY f.claim, f.line
