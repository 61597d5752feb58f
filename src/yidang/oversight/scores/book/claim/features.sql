WITH usual AS (
  SELECT item, level, MEDIAN(quantity) AS quantity, MEDIAN(unit_price_fen) AS price FROM bill GROUP BY item, level
), crowd AS (
  SELECT visit, SUBSTR(main_diagnosis, 1, 3) AS disease, COUNT(*) AS claims FROM stay GROUP BY visit, disease
), common AS (
  SELECT s.visit, SUBSTR(s.main_diagnosis, 1, 3) AS disease, b.item, COUNT(DISTINCT b.claim) AS claims
  FROM bill b JOIN stay s ON s.claim = b.claim GROUP BY s.visit, disease, b.item
), ages AS (
  SELECT sex, age // 10 AS decade, COUNT(DISTINCT claim) AS claims FROM bill GROUP BY sex, decade
), befitting AS (
  SELECT sex, age // 10 AS decade, item, COUNT(DISTINCT claim) AS claims FROM bill GROUP BY sex, decade, item
), billed AS (
  SELECT item, COUNT(DISTINCT claim) * 1.0 / (SELECT COUNT(*) FROM stay) AS share FROM bill GROUP BY item
), again AS (
  SELECT claim, SUM(times - 1) AS repeats FROM (
    SELECT claim, item, served_day, COUNT(*) AS times FROM bill GROUP BY claim, item, served_day
  ) GROUP BY claim
), charged AS (
  SELECT b.claim, COUNT(*) AS lines, COUNT(DISTINCT b.item) AS items, SUM(b.amount_fen) AS fen,
    SUM(CASE WHEN b.class IN ('drug', 'herb') THEN b.amount_fen ELSE 0 END) AS drug_fen,
    SUM(CASE WHEN b.class = 'material' THEN b.amount_fen ELSE 0 END) AS material_fen,
    MAX(b.amount_fen) AS top_fen,
    MAX(b.quantity / NULLIF(u.quantity, 0)) AS quantity_times,
    MAX(b.unit_price_fen / NULLIF(u.price, 0)) AS price_times,
    SUM(CASE WHEN b.served_day < b.admitted_day OR b.served_day > COALESCE(b.discharged_day, b.settled_day)
      THEN 1 ELSE 0 END) AS outside,
    SUM(b.standard_minutes * b.quantity) / COUNT(DISTINCT b.served_day) AS minutes,
    AVG(LN(c.claims * 1.0 / o.claims)) AS rarity,
    MAX(LN(GREATEST(g.share * a.claims / f.claims, 1))) AS unlike_person,
    MAX(COALESCE(b.days_supply, 0)) AS supply
  FROM bill b
  JOIN stay s ON s.claim = b.claim
  LEFT JOIN usual u ON u.item = b.item AND u.level IS NOT DISTINCT FROM b.level
  LEFT JOIN crowd c ON c.visit = s.visit AND c.disease IS NOT DISTINCT FROM SUBSTR(s.main_diagnosis, 1, 3)
  LEFT JOIN common o ON o.visit = s.visit AND o.item = b.item
    AND o.disease IS NOT DISTINCT FROM SUBSTR(s.main_diagnosis, 1, 3)
  LEFT JOIN ages a ON a.sex IS NOT DISTINCT FROM b.sex AND a.decade IS NOT DISTINCT FROM b.age // 10
  LEFT JOIN befitting f ON f.item = b.item AND f.sex IS NOT DISTINCT FROM b.sex
    AND f.decade IS NOT DISTINCT FROM b.age // 10
  LEFT JOIN billed g ON g.item = b.item
  GROUP BY b.claim
), before AS (
  SELECT s.claim, COUNT(*) AS visits_30, COUNT(DISTINCT p.provider) AS houses_30,
    SUM(CASE WHEN p.admitted_day < COALESCE(s.discharged_day, s.settled_day)
      AND COALESCE(p.discharged_day, p.settled_day) > s.admitted_day THEN 1 ELSE 0 END) AS overlaps
  FROM stay s
  JOIN past_stay p ON p.person = s.person AND p.claim <> s.claim
    AND p.settled_minute <= s.settled_minute AND p.settled_day >= s.settled_day - 30
  GROUP BY s.claim
)
SELECT CAST(s.claim AS VARCHAR) AS subject, s.claim, s.person, s.provider, s.doctor, s.fund_fen,
  COALESCE(s.level, 0) AS house_level,
  CONCAT_WS('|', s.level, s.visit, SUBSTR(s.main_diagnosis, 1, 3)) AS peer,
  CONCAT_WS('|', s.level, s.visit) AS wider, s.visit AS widest,
  s.total_fen / 100.0 AS total, c.lines, c.items, c.drug_fen * 1.0 / NULLIF(c.fen, 0) AS drug_share,
  c.material_fen * 1.0 / NULLIF(c.fen, 0) AS material_share, c.top_fen * 1.0 / NULLIF(c.fen, 0) AS top_share,
  c.quantity_times, c.price_times, a.repeats, c.outside, c.minutes, c.rarity, c.unlike_person, c.supply,
  COALESCE(s.nights, 0) AS nights, COALESCE(p.visits_30, 0) AS visits_30, COALESCE(p.houses_30, 0) AS houses_30,
  COALESCE(p.overlaps, 0) AS overlaps
FROM stay s
JOIN charged c ON c.claim = s.claim
LEFT JOIN again a ON a.claim = s.claim
LEFT JOIN before p ON p.claim = s.claim
ORDER BY s.claim
