SELECT claim, line, amount_fen, served_day, name, level, CAST(low AS INT) AS min_level
FROM limited
WHERE limit_kind = 'min_level' AND class = 'drug' AND level < low
