WITH bought AS (
  SELECT DISTINCT p.person, p.provider, p.served_day
  FROM past p WHERE p.class = 'drug' AND p.visit IN ('pharmacy', 'outpatient')
), busy AS (
  SELECT person FROM bought GROUP BY person HAVING COUNT(DISTINCT provider) >= {places}
), bought_by_busy AS (
  SELECT b.person, b.provider, b.served_day FROM bought b JOIN busy y ON y.person = b.person
), weeks AS (
  SELECT a.person, a.served_day, COUNT(DISTINCT b.provider) AS places
  FROM (SELECT DISTINCT person, served_day FROM bought_by_busy) a
  JOIN bought_by_busy b ON b.person = a.person AND b.served_day BETWEEN a.served_day - {days} + 1 AND a.served_day
  GROUP BY a.person, a.served_day
  HAVING COUNT(DISTINCT b.provider) >= {places}
), resale AS (
  SELECT l.person, l.month, SUM(l.amount_fen) AS sum_fen
  FROM limited l WHERE l.limit_kind = 'resale' AND l.visit IN ('pharmacy', 'outpatient')
  GROUP BY l.person, l.month HAVING SUM(l.quantity) >= {boxes} AND COUNT(DISTINCT l.claim) >= {places}
), found AS (
  SELECT b.claim, b.line, w.places, 0 AS sum_fen
  FROM bill b JOIN weeks w ON w.person = b.person AND b.served_day BETWEEN w.served_day - {days} + 1 AND w.served_day
  WHERE b.class = 'drug' AND b.visit IN ('pharmacy', 'outpatient')
  UNION ALL
  SELECT l.claim, l.line, 0 AS places, r.sum_fen
  FROM limited l JOIN resale r ON r.person = l.person AND r.month = l.month
  WHERE l.limit_kind = 'resale' AND l.visit IN ('pharmacy', 'outpatient')
)
SELECT b.claim, b.line, MAX(b.amount_fen) AS amount_fen, MAX(b.served_day) AS served_day, MAX(b.name) AS name,
  MAX(f.places) AS places, MAX(f.sum_fen) AS sum_fen
FROM found f JOIN bill b ON b.line = f.line
GROUP BY b.claim, b.line
