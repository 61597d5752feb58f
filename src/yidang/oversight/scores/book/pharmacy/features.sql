WITH visits AS (
  SELECT *, settled_minute - LAG(settled_minute) OVER (PARTITION BY provider ORDER BY settled_minute, claim) AS gap
  FROM stay WHERE house = 'pharmacy'
), own AS (
  SELECT provider, MAX(region) AS region, COUNT(*) AS claims, COUNT(DISTINCT person) AS persons,
    SUM(fund_fen) AS fund_fen, SUM(total_fen) AS total_fen,
    AVG(CASE WHEN gap <= 10 THEN 1.0 ELSE 0.0 END) AS burst_share,
    AVG(CASE WHEN settled_minute % 1440 < 420 OR settled_minute % 1440 >= 1320 THEN 1.0 ELSE 0.0 END) AS night_share
  FROM visits GROUP BY provider
), days AS (
  SELECT provider, MAX(claims) AS busiest FROM (
    SELECT provider, settled_day, COUNT(*) AS claims FROM visits GROUP BY provider, settled_day
  ) GROUP BY provider
), sold AS (
  SELECT provider, SUM(fen) AS fen, MAX(fen) AS top_fen, SUM(untraced) * 1.0 / SUM(lines) AS untraced_share FROM (
    SELECT provider, item, SUM(amount_fen) AS fen, COUNT(*) AS lines,
      SUM(CASE WHEN class = 'drug' AND COALESCE(trace, '') = '' THEN 1 ELSE 0 END) AS untraced
    FROM bill WHERE house = 'pharmacy' GROUP BY provider, item
  ) GROUP BY provider
), paired AS (
  SELECT provider, COUNT(DISTINCT person) AS persons FROM pairs GROUP BY provider
), former AS (
  SELECT provider, SUM(fund_fen) / 200.0 AS fund FROM past_stay
  WHERE month < (SELECT MAX(month) FROM stay) GROUP BY provider
)
SELECT o.provider AS subject, CAST(NULL AS BIGINT) AS claim, CAST(NULL AS BIGINT) AS person, o.provider,
  CAST(NULL AS VARCHAR) AS doctor, o.fund_fen, 0 AS house_level,
  o.region AS peer, 'all' AS wider, 'all' AS widest,
  o.fund_fen / 100.0 AS fund, o.claims, o.total_fen / 100.0 / o.claims AS per_claim,
  1 - o.persons * 1.0 / o.claims AS again_share, o.burst_share, COALESCE(p.persons, 0) * 1.0 / o.persons AS paired_share,
  s.untraced_share, s.top_fen * 1.0 / NULLIF(s.fen, 0) AS top_share, o.night_share,
  d.busiest * 1.0 / o.claims AS busiest_share, o.fund_fen / 100.0 / (f.fund + 100) AS growth
FROM own o
JOIN days d ON d.provider = o.provider
LEFT JOIN sold s ON s.provider = o.provider
LEFT JOIN paired p ON p.provider = o.provider
LEFT JOIN former f ON f.provider = o.provider
ORDER BY o.provider
