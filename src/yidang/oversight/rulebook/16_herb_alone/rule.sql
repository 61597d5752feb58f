WITH recipes AS (
  SELECT claim, prescription, COUNT(DISTINCT item) AS herbs
  FROM bill WHERE class = 'herb' GROUP BY claim, prescription
)
SELECT b.claim, b.line, b.amount_fen, b.served_day, b.name, b.prescription
FROM limited b
JOIN recipes r ON r.claim = b.claim AND COALESCE(r.prescription, -1) = COALESCE(b.prescription, -1)
WHERE b.limit_kind = 'herb_alone' AND b.class = 'herb' AND r.herbs = 1
