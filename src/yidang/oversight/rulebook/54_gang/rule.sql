SELECT s.claim, CAST(NULL AS BIGINT) AS line, MAX(s.fund_fen) AS amount_fen, MAX(s.settled_day) AS served_day,
  MAX(c.members) AS members, MAX(c.days) AS days, MIN(c.leader) AS leader
FROM stay s
JOIN companions c ON c.person = s.person AND c.provider = s.provider AND c.settled_day = s.settled_day
WHERE s.visit = 'pharmacy'
GROUP BY s.claim
