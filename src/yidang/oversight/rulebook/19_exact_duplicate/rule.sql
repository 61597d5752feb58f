WITH counted AS (
  SELECT claim, line, served_day, name, amount_fen, visit,
    ROW_NUMBER() OVER (
      PARTITION BY claim, item, served_minute, quantity, unit_price_fen, COALESCE(prescription, -1),
        COALESCE(trace, ''), COALESCE(doctor, '')
      ORDER BY line) AS copy
  FROM bill
)
SELECT claim, line, amount_fen, served_day, name, copy
FROM counted WHERE copy > {most}
