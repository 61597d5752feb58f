SELECT b.claim, b.line, b.amount_fen, b.served_day, b.name, b.served_day - d.died_day AS days_after
FROM bill b
JOIN deaths d ON d.person = b.person AND b.served_day > d.died_day + {grace}
LEFT JOIN (SELECT DISTINCT item FROM limits WHERE kind = 'post_mortem') w ON w.item = b.item
WHERE w.item IS NULL
