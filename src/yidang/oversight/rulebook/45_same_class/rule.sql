WITH drugs AS (
  SELECT claim, line, item, generic, amount_fen, served_day, name, atc4, prescription
  FROM bill
  WHERE class = 'drug' AND atc4 <> '' AND prescription IS NOT NULL AND visit <> 'inpatient' AND fee_category <> '11'
)
SELECT b.claim, b.line, MAX(b.amount_fen) AS amount_fen, MAX(b.served_day) AS served_day, MAX(b.name) AS name,
  MAX(b.atc4) AS atc4, MAX(a.name) AS other
FROM drugs b
JOIN drugs a ON a.claim = b.claim AND a.prescription = b.prescription AND a.atc4 = b.atc4 AND a.generic < b.generic
LEFT JOIN pairs k ON k.kind = 'together'
  AND ((k.item_a = a.item AND k.item_b = b.item) OR (k.item_a = b.item AND k.item_b = a.item))
WHERE k.kind IS NULL
GROUP BY b.claim, b.line
