WITH asked AS (
  SELECT trace, line, claim, provider, moved_minute FROM traces WHERE movement = 'sale'
), stocked AS (
  SELECT a.line, MIN(i.stocked_minute) AS first_stocked, MAX(i.stocked_minute) AS last_stocked
  FROM asked a JOIN stock_in i ON i.trace = a.trace AND i.provider = a.provider
  GROUP BY a.line
), returned AS (
  SELECT a.line, MAX(r.moved_minute) AS returned_minute
  FROM asked a
  JOIN past_traces r ON r.trace = a.trace AND r.movement = 'return' AND r.provider <> a.provider
    AND r.moved_minute < a.moved_minute
  GROUP BY a.line
), judged AS (
  SELECT a.line, s.first_stocked, a.moved_minute, r.returned_minute,
    CASE WHEN s.first_stocked > a.moved_minute THEN '结算早于入库'
      WHEN r.returned_minute IS NOT NULL AND COALESCE(s.last_stocked, 0) < r.returned_minute THEN '退货后未入库又结算'
    END AS why
  FROM asked a
  LEFT JOIN stocked s ON s.line = a.line
  LEFT JOIN returned r ON r.line = a.line
)
SELECT b.claim, b.line, b.amount_fen, b.served_day, b.name, j.why
FROM judged j JOIN bill b ON b.line = j.line
WHERE j.why IS NOT NULL
