WITH sizes AS (
  SELECT package, COUNT(DISTINCT part) AS size FROM packages GROUP BY package
), parts AS (
  SELECT k.package, b.claim, b.line, b.item, b.served_day, b.name, b.amount_fen, b.level
  FROM bill b JOIN packages k ON k.part = b.item AND b.served_day BETWEEN k.from_day AND k.until_day
), whole AS (
  SELECT package, claim, served_day, COUNT(DISTINCT item) AS items, SUM(amount_fen) AS sum_fen, MAX(level) AS level
  FROM parts GROUP BY package, claim, served_day
), split AS (
  SELECT w.package, w.claim, w.served_day, w.sum_fen, p.ceiling_fen
  FROM whole w
  JOIN sizes z ON z.package = w.package AND w.items >= z.size
  JOIN prices p ON p.item = w.package AND p.level = w.level AND w.served_day BETWEEN p.from_day AND p.until_day
  WHERE w.sum_fen > p.ceiling_fen
)
SELECT s.claim, p.line, MAX(p.served_day) AS served_day, MAX(p.name) AS name, MAX(s.package) AS package,
  MAX(s.sum_fen) AS sum_fen, MAX(s.ceiling_fen) AS ceiling_fen,
  MAX(CAST(FLOOR(p.amount_fen * 1.0 * (s.sum_fen - s.ceiling_fen) / s.sum_fen) AS BIGINT)) AS amount_fen
FROM split s
JOIN parts p ON p.package = s.package AND p.claim = s.claim AND p.served_day = s.served_day
GROUP BY s.claim, p.line
