WITH classes AS (
  SELECT claim, prescription, atc4, COUNT(DISTINCT generic) AS kinds
  FROM bill
  WHERE class = 'drug' AND atc4 <> '' AND prescription IS NOT NULL AND visit <> 'inpatient'
    AND fee_category NOT IN ('11')
  GROUP BY claim, prescription, atc4
  HAVING COUNT(DISTINCT generic) > 1
), ranked AS (
  SELECT b.claim, b.line, b.amount_fen, b.served_day, b.name, b.atc4, c.kinds,
    DENSE_RANK() OVER (PARTITION BY b.claim, b.prescription, b.atc4 ORDER BY b.generic) AS place
  FROM bill b JOIN classes c ON c.claim = b.claim AND c.prescription = b.prescription AND c.atc4 = b.atc4
  WHERE b.class = 'drug'
)
SELECT claim, line, amount_fen, served_day, name, atc4, kinds FROM ranked WHERE place > 1
