SELECT claim, line, amount_fen, served_day, name, visit
FROM limited
WHERE limit_kind = 'no_internet' AND class = 'drug' AND (visit = 'internet' OR house = 'internet')
