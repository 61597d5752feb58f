WITH used AS (
  SELECT b.claim, b.line, b.served_day, b.name, b.quantity, b.unit_price_fen,
    b.discharged_day - b.admitted_day + {grace} AS most,
    SUM(b.quantity) OVER (PARTITION BY b.claim, b.item ORDER BY b.served_day, b.line) AS so_far
  FROM bill b
  WHERE b.per = 'day' AND b.visit = 'inpatient' AND b.fee_category IN ('01', '02', '07', '1', '2', '7')
)
SELECT claim, line, served_day, name, so_far, most,
  CAST(FLOOR(unit_price_fen * LEAST(quantity, so_far - most)) AS BIGINT) AS amount_fen
FROM used WHERE so_far > most
