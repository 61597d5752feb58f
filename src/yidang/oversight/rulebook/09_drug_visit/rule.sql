SELECT claim, line, amount_fen, served_day, name, visit, choice AS allowed
FROM limited
WHERE limit_kind = 'visit' AND class = 'drug' AND ('+' || choice || '+') NOT LIKE ('%+' || visit || '+%')
