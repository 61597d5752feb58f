SELECT claim, line, amount_fen, served_day, name, scheme
FROM limited
WHERE limit_kind = 'maternity' AND class = 'drug' AND scheme <> '510'
