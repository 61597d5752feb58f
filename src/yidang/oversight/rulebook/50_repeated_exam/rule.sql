WITH asked AS (
  SELECT claim, line, person, provider, name, amount_fen, served_day, served_minute, choice AS exam_class, within_days
  FROM limited WHERE limit_kind = 'recognised' AND visit <> 'emergency'
), classes AS (
  SELECT DISTINCT item, choice AS exam_class FROM limits WHERE kind = 'recognised'
)
SELECT a.claim, a.line, MAX(a.amount_fen) AS amount_fen, MAX(a.served_day) AS served_day, MAX(a.name) AS name,
  MAX(a.exam_class) AS exam_class, MIN(a.served_day - p.served_day) AS days_since, MIN(p.provider) AS former_provider
FROM asked a
JOIN classes c ON c.exam_class = a.exam_class
JOIN past p ON p.person = a.person AND p.item = c.item AND p.provider <> a.provider
  AND p.served_minute < a.served_minute AND a.served_day - p.served_day <= a.within_days
GROUP BY a.claim, a.line
