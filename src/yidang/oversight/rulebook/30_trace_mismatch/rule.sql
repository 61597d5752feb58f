SELECT b.claim, b.line, b.amount_fen, b.served_day, b.name, MIN(p.item) AS traced_item, MIN(p.product) AS product
FROM bill b
JOIN products p ON p.trace_prefix = SUBSTR(b.trace, 1, 7)
WHERE b.trace IS NOT NULL AND LENGTH(b.trace) >= 20
GROUP BY b.claim, b.line, b.amount_fen, b.served_day, b.name, b.item
HAVING SUM(CASE WHEN p.item = b.item THEN 1 ELSE 0 END) = 0
