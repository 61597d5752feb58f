SELECT b.claim, b.line, MAX(b.amount_fen) AS amount_fen, MAX(b.served_day) AS served_day, MAX(b.name) AS name,
  MAX(a.kind) AS absent_for
FROM bill b
JOIN absences a ON a.person = b.person AND b.served_day > a.from_day AND b.served_day < a.until_day
WHERE b.visit <> 'internet'
GROUP BY b.claim, b.line
