SELECT b.claim, b.line, b.amount_fen, b.served_day, b.name, s.stocked_by
FROM stocked s JOIN bill b ON b.line = s.line
WHERE s.is_own = 0
