SELECT claim, line, amount_fen, served_day, name, sex, CAST(low AS INT) AS allowed_sex
FROM limited
WHERE limit_kind = 'sex' AND class = 'drug' AND sex IN (1, 2) AND sex <> low
