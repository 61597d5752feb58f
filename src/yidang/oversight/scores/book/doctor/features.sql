WITH days AS (
  SELECT doctor, settled_day, COUNT(*) AS claims FROM stay GROUP BY doctor, settled_day
), work AS (
  SELECT doctor, MAX(minutes) AS minutes FROM (
    SELECT doctor, served_day, SUM(standard_minutes * quantity) AS minutes FROM bill GROUP BY doctor, served_day
  ) GROUP BY doctor
), baskets AS (
  SELECT s.doctor, b.claim, LIST_SORT(LIST(DISTINCT b.item)) AS basket, COUNT(DISTINCT b.item) AS items,
    SUM(b.amount_fen) AS fen, SUM(CASE WHEN b.class IN ('drug', 'herb') THEN b.amount_fen ELSE 0 END) AS drug_fen
  FROM bill b JOIN stay s ON s.claim = b.claim GROUP BY s.doctor, b.claim
), alike AS (
  SELECT doctor, MAX(claims) AS same FROM (
    SELECT doctor, basket, COUNT(*) AS claims FROM baskets WHERE items > 2 GROUP BY doctor, basket
  ) GROUP BY doctor
), prescribed AS (
  SELECT doctor, AVG(items) AS items, SUM(drug_fen) * 1.0 / NULLIF(SUM(fen), 0) AS drug_share
  FROM baskets GROUP BY doctor
), former AS (
  SELECT doctor, SUM(fund_fen) / 200.0 AS fund FROM past_stay
  WHERE month < (SELECT MAX(month) FROM stay) GROUP BY doctor
), own AS (
  SELECT doctor, MIN(provider) AS provider, MODE(department ORDER BY department) AS department,
    MAX(level) AS level, COUNT(*) AS claims,
    COUNT(DISTINCT person) AS persons, SUM(fund_fen) AS fund_fen, SUM(total_fen) AS total_fen,
    AVG(CASE WHEN (settled_day + 3) % 7 >= 5 THEN 1.0 ELSE 0.0 END) AS weekend_share
  FROM stay WHERE doctor IS NOT NULL AND doctor <> '' GROUP BY doctor
)
SELECT o.doctor AS subject, CAST(NULL AS BIGINT) AS claim, CAST(NULL AS BIGINT) AS person, o.provider, o.doctor,
  o.fund_fen, COALESCE(o.level, 0) AS house_level,
  CONCAT_WS('|', o.level, o.department) AS peer, CAST(o.level AS VARCHAR) AS wider,
  'all' AS widest,
  o.fund_fen / 100.0 AS fund, o.claims, o.total_fen / 100.0 / o.claims AS per_claim, MAX(d.claims) AS busiest,
  ANY_VALUE(w.minutes) AS minutes, 1 - o.persons * 1.0 / o.claims AS again_share,
  ANY_VALUE(p.drug_share) AS drug_share, ANY_VALUE(p.items) AS items,
  COALESCE(ANY_VALUE(a.same), 0) * 1.0 / o.claims AS same_share, o.weekend_share,
  o.fund_fen / 100.0 / (ANY_VALUE(f.fund) + 100) AS growth
FROM own o
JOIN days d ON d.doctor = o.doctor
LEFT JOIN work w ON w.doctor = o.doctor
LEFT JOIN prescribed p ON p.doctor = o.doctor
LEFT JOIN alike a ON a.doctor = o.doctor
LEFT JOIN former f ON f.doctor = o.doctor
GROUP BY o.doctor, o.provider, o.department, o.level, o.claims, o.persons, o.fund_fen, o.total_fen, o.weekend_share
ORDER BY o.doctor
