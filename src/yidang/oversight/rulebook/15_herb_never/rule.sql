SELECT claim, line, amount_fen, served_day, name, prescription
FROM limited
WHERE limit_kind = 'herb_never' AND class = 'herb'
