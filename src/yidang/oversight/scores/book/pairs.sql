-- Persons who always come together: settled at the same counter within an hour, on at least {support} days, and at
-- least {lift} times as often as two who come as often as they do would meet by chance. One household is no doubt.
WITH visits AS (
  SELECT s.provider, s.visit, COALESCE(s.department, '') AS counter, s.person, s.settled_day,
    MIN(s.settled_minute) AS minute, MIN(p.address) AS address
  FROM past_stay s LEFT JOIN raw_persons p ON p.person = s.person
  GROUP BY s.provider, s.visit, counter, s.person, s.settled_day
), opened AS (
  SELECT provider, COUNT(DISTINCT settled_day) AS days FROM visits GROUP BY provider
), regular AS (
  SELECT provider, person, COUNT(DISTINCT settled_day) AS days FROM visits
  GROUP BY provider, person HAVING COUNT(DISTINCT settled_day) >= {support}
), kept AS (
  SELECT v.* FROM visits v JOIN regular r ON r.provider = v.provider AND r.person = v.person
), met AS (
  SELECT a.provider, a.person, b.person AS companion, COUNT(DISTINCT a.settled_day) AS days
  FROM kept a
  JOIN kept b ON b.provider = a.provider AND b.visit = a.visit AND b.counter = a.counter
    AND b.settled_day = a.settled_day AND b.person <> a.person AND ABS(b.minute - a.minute) <= 60
    AND (a.address IS NULL OR b.address IS NULL OR a.address <> b.address)
  GROUP BY a.provider, a.person, companion HAVING COUNT(DISTINCT a.settled_day) >= {support}
)
SELECT m.provider, m.person, m.companion, m.days, m.days * 1.0 * o.days / (x.days * y.days) AS lift
FROM met m
JOIN opened o ON o.provider = m.provider
JOIN regular x ON x.provider = m.provider AND x.person = m.person
JOIN regular y ON y.provider = m.provider AND y.person = m.companion
WHERE m.days * 1.0 * o.days / (x.days * y.days) >= {lift}
