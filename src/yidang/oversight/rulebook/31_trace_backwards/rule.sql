WITH returned AS (
  SELECT t.line, MAX(r.moved_minute) AS returned_minute
  FROM traces t
  JOIN repeated r ON r.trace = t.trace AND r.movement = 'return' AND r.provider <> t.provider
    AND r.moved_minute < t.moved_minute
  WHERE t.movement = 'sale'
  GROUP BY t.line
), judged AS (
  SELECT t.line,
    CASE WHEN s.first_stocked > t.moved_minute THEN '结算早于入库'
      WHEN r.returned_minute IS NOT NULL AND COALESCE(s.last_stocked, 0) < r.returned_minute THEN '退货后未入库又结算'
    END AS why
  FROM traces t
  LEFT JOIN stocked s ON s.line = t.line
  LEFT JOIN returned r ON r.line = t.line
  WHERE t.movement = 'sale'
)
SELECT b.claim, b.line, b.amount_fen, b.served_day, b.name, j.why
FROM judged j JOIN bill b ON b.line = j.line
WHERE j.why IS NOT NULL
