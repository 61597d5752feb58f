WITH likely AS (
  SELECT claim, item_number, served_minute FROM bill
  GROUP BY claim, item_number, served_minute HAVING COUNT(*) > {most}
), counted AS (
  SELECT b.claim, b.line, b.served_day, b.name, b.amount_fen,
    ROW_NUMBER() OVER (
      PARTITION BY b.claim, b.item, b.served_minute, b.quantity, b.unit_price_fen, COALESCE(b.prescription, -1),
        COALESCE(b.trace, ''), COALESCE(b.doctor, '')
      ORDER BY b.line) AS copy
  FROM bill b
  JOIN (SELECT DISTINCT claim, served_minute FROM likely) k ON k.claim = b.claim AND k.served_minute = b.served_minute
)
SELECT claim, line, amount_fen, served_day, name, copy
FROM counted WHERE copy > {most}
