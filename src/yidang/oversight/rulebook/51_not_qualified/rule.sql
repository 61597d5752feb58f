WITH outside AS (
  SELECT claim, line, amount_fen, served_day, name, doctor, provider, '科室不符' AS why
  FROM limited
  WHERE limit_kind = 'department' AND department IS NOT NULL AND department <> ''
    AND ('+' || choice || '+') NOT LIKE ('%+' || department || '+%')
), suspended AS (
  SELECT b.claim, b.line, b.amount_fen, b.served_day, b.name, b.doctor, b.provider, '人员暂停' AS why
  FROM bill b JOIN suspensions s ON s.doctor = b.doctor AND b.served_day >= s.from_day AND b.served_day <= s.until_day
  WHERE b.visit <> 'emergency'
), terminated AS (
  SELECT b.claim, b.line, b.amount_fen, b.served_day, b.name, b.doctor, b.provider, '机构终止' AS why
  FROM bill b
  JOIN terminations t ON t.provider = b.provider AND b.served_day >= t.from_day AND b.served_day <= t.until_day
  WHERE b.visit <> 'emergency'
), found AS (
  SELECT * FROM outside UNION ALL SELECT * FROM suspended UNION ALL SELECT * FROM terminated
)
SELECT claim, line, MAX(amount_fen) AS amount_fen, MAX(served_day) AS served_day, MAX(name) AS name,
  MAX(doctor) AS doctor, MAX(why) AS why
FROM found GROUP BY claim, line
