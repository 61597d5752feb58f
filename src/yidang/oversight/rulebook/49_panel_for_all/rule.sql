SELECT p.claim, b.line, b.amount_fen, b.served_day, b.name, p.alike, p.stays, p.tests
FROM panels p
JOIN bill b ON b.claim = p.claim
WHERE b.class = 'service' AND b.fee_category IN ('04', '4')
  AND p.stays >= {stays} AND p.tests >= {tests} AND p.alike > p.stays * {share}
