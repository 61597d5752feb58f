SELECT claim, line, amount_fen, served_day, name, age, CAST(low AS INT) AS from_age
FROM limited
WHERE limit_kind = 'child_forbidden' AND class = 'drug' AND age < low
