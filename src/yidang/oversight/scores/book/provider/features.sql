WITH own AS (
  SELECT provider, MAX(house) AS house, MAX(level) AS level, MAX(beds) AS beds, COUNT(*) AS claims,
    COUNT(DISTINCT person) AS persons, SUM(fund_fen) AS fund_fen, SUM(total_fen) AS total_fen,
    AVG(CASE WHEN visit = 'inpatient' THEN 1.0 ELSE 0.0 END) AS inpatient_share,
    AVG(CASE WHEN visit = 'inpatient' THEN nights END) AS nights,
    SUM(CASE WHEN visit = 'inpatient' THEN nights ELSE 0 END) AS bed_days
  FROM stay WHERE house <> 'pharmacy' GROUP BY provider
), days AS (
  SELECT provider, MAX(claims) AS busiest FROM (
    SELECT provider, settled_day, COUNT(*) AS claims FROM stay GROUP BY provider, settled_day
  ) GROUP BY provider
), charged AS (
  SELECT provider, COUNT(*) AS lines, SUM(CASE WHEN class IN ('drug', 'herb') THEN amount_fen ELSE 0 END) * 1.0
    / NULLIF(SUM(amount_fen), 0) AS drug_share
  FROM bill GROUP BY provider
), paired AS (
  SELECT provider, COUNT(DISTINCT person) AS persons FROM pairs GROUP BY provider
), former AS (
  SELECT provider, SUM(fund_fen) / 200.0 AS fund FROM past_stay
  WHERE month < (SELECT MAX(month) FROM stay) GROUP BY provider
)
SELECT o.provider AS subject, CAST(NULL AS BIGINT) AS claim, CAST(NULL AS BIGINT) AS person, o.provider,
  CAST(NULL AS VARCHAR) AS doctor, o.fund_fen, COALESCE(o.level, 0) AS house_level,
  CONCAT_WS('|', o.house, o.level) AS peer, o.house AS wider, 'all' AS widest,
  o.fund_fen / 100.0 AS fund, o.claims, o.total_fen / 100.0 / o.claims AS per_claim, o.inpatient_share, o.nights,
  o.bed_days / NULLIF(o.beds * 30.0, 0) AS bed_share, c.drug_share, c.lines * 1.0 / o.claims AS lines,
  1 - o.persons * 1.0 / o.claims AS again_share, COALESCE(p.persons, 0) * 1.0 / o.persons AS paired_share,
  d.busiest * 1.0 / o.claims AS busiest_share, o.fund_fen / 100.0 / (f.fund + 100) AS growth
FROM own o
JOIN days d ON d.provider = o.provider
LEFT JOIN charged c ON c.provider = o.provider
LEFT JOIN paired p ON p.provider = o.provider
LEFT JOIN former f ON f.provider = o.provider
ORDER BY o.provider
