WITH own AS (
  SELECT person, COUNT(*) AS claims, COUNT(DISTINCT provider) AS houses, COUNT(DISTINCT region) AS regions,
    COUNT(DISTINCT CASE WHEN house = 'pharmacy' THEN provider END) AS pharmacies, SUM(fund_fen) AS fund_fen,
    MAX(scheme) AS scheme, MAX(age) AS age, MODE(provider ORDER BY provider) AS provider,
    MODE(COALESCE(level, 0) ORDER BY level) AS level
  FROM stay GROUP BY person
), days AS (
  SELECT person, MAX(houses) AS busiest FROM (
    SELECT person, settled_day, COUNT(DISTINCT provider) AS houses FROM stay GROUP BY person, settled_day
  ) GROUP BY person
), drugs AS (
  SELECT person, SUM(CASE WHEN class IN ('drug', 'herb') THEN amount_fen ELSE 0 END) * 1.0
    / NULLIF(SUM(amount_fen), 0) AS drug_share
  FROM bill GROUP BY person
), held AS (
  SELECT person, MAX(supply) AS supply, MAX(sources) AS sources FROM (
    SELECT person, item, SUM(COALESCE(days_supply, 0)) AS supply, COUNT(DISTINCT provider) AS sources
    FROM past WHERE class = 'drug' GROUP BY person, item
  ) GROUP BY person
), met AS (
  SELECT person, COUNT(DISTINCT companion) AS companions, MAX(days) AS together FROM pairs GROUP BY person
)
SELECT CAST(o.person AS VARCHAR) AS subject, CAST(NULL AS BIGINT) AS claim, o.person, o.provider,
  CAST(NULL AS VARCHAR) AS doctor, o.fund_fen, o.level AS house_level,
  CONCAT_WS('|', o.scheme, CAST(o.age // 10 AS VARCHAR)) AS peer, o.scheme AS wider, 'all' AS widest,
  o.fund_fen / 100.0 AS fund, o.claims, o.houses, o.pharmacies, o.regions, d.busiest, g.drug_share,
  COALESCE(h.supply, 0) AS supply, COALESCE(h.sources, 0) AS sources, COALESCE(m.companions, 0) AS companions,
  COALESCE(m.together, 0) AS together
FROM own o
JOIN days d ON d.person = o.person
LEFT JOIN drugs g ON g.person = o.person
LEFT JOIN held h ON h.person = o.person
LEFT JOIN met m ON m.person = o.person
ORDER BY o.person
