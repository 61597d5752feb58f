SELECT claim, line, amount_fen, served_day, name, age, CAST(low AS INT) AS from_age, CAST(high AS INT) AS until_age
FROM limited
WHERE limit_kind = 'age' AND class = 'drug' AND (age < low OR age > high)
