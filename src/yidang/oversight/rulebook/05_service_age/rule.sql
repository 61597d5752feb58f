SELECT claim, line, amount_fen, served_day, name, age, served_day - born_day AS age_days,
  CAST(low AS INT) AS from_age, CAST(high AS INT) AS until_age, limit_kind AS counted_in
FROM limited
WHERE class = 'service' AND (
  (limit_kind = 'age' AND (age < low OR age > high))
  OR (limit_kind = 'age_days' AND (served_day - born_day < low OR served_day - born_day > high)))
