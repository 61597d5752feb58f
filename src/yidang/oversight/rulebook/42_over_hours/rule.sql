WITH worked AS (
  SELECT claim, line, doctor, served_day, name, amount_fen,
    SUM(quantity * standard_minutes) OVER (PARTITION BY doctor, served_day ORDER BY served_minute, line
      ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS so_far,
    SUM(quantity * standard_minutes) OVER (PARTITION BY doctor, served_day) AS minutes
  FROM bill
  WHERE standard_minutes > 0 AND doctor IS NOT NULL AND doctor <> '' AND per <> 'hour' AND class = 'service'
)
SELECT claim, line, amount_fen, served_day, name, doctor, minutes
FROM worked WHERE minutes > {most}
