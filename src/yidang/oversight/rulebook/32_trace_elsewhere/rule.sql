WITH asked AS (
  SELECT trace, line, provider FROM traces WHERE movement = 'sale'
), stocked AS (
  SELECT a.line, MAX(CASE WHEN i.provider = a.provider THEN 1 ELSE 0 END) AS is_own, MIN(i.provider) AS stocked_by
  FROM asked a JOIN stock_in i ON i.trace = a.trace
  GROUP BY a.line
)
SELECT b.claim, b.line, b.amount_fen, b.served_day, b.name, s.stocked_by
FROM stocked s JOIN bill b ON b.line = s.line
WHERE s.is_own = 0
