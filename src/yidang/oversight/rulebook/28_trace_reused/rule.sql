WITH asked AS (
  SELECT t.trace, t.line, t.claim, t.document, t.moved_minute
  FROM traces t
  WHERE t.movement = 'sale' AND t.trace IN (SELECT trace FROM repeated)
), seen AS (
  SELECT a.line, a.trace, p.claim, p.person, p.provider, p.region, p.share, p.movement, p.moved_minute
  FROM asked a
  JOIN repeated p ON p.trace = a.trace
    AND (p.line = a.line OR p.movement = 'return' OR p.document <> a.document)
    AND (p.moved_minute < a.moved_minute OR (p.moved_minute = a.moved_minute AND p.line <= a.line))
), net AS (
  SELECT s.line, s.trace,
    SUM(CASE WHEN s.movement = 'sale' THEN s.share ELSE -s.share END) AS boxes,
    MIN(CASE WHEN s.movement = 'sale' THEN s.claim END) AS first_claim,
    COUNT(DISTINCT s.person) AS persons, COUNT(DISTINCT s.provider) AS providers, COUNT(DISTINCT s.region) AS regions,
    COUNT(DISTINCT s.claim) AS claims
  FROM seen s GROUP BY s.line, s.trace
)
SELECT b.claim, b.line, b.amount_fen, b.served_day, b.name, n.boxes, n.persons, n.providers, n.regions,
  CASE WHEN n.regions > 1 THEN '跨地区' WHEN n.providers > 1 THEN '跨机构' WHEN n.persons > 1 THEN '跨人员'
    ELSE '同人同机构' END AS grade
FROM net n JOIN bill b ON b.line = n.line
WHERE n.boxes > 1.0001 AND n.claims > 1
