SELECT claim, line, amount_fen, served_day, name, age, CAST(high AS INT) AS until_age
FROM limited
WHERE limit_kind = 'child_only' AND class = 'drug' AND age > high
