WITH asked AS (
  SELECT claim, line, item, name, amount_fen, served_day, daily_dose, days_supply, visit, level, region
  FROM bill WHERE class = 'drug' AND (days_supply > 1 OR daily_dose > 0)
), doses AS (
  SELECT line, high FROM limited WHERE limit_kind = 'daily_dose'
), judged AS (
  SELECT a.claim, a.line, a.name, a.amount_fen, a.served_day, a.daily_dose, a.days_supply, d.high AS most_dose,
    CASE a.visit WHEN 'emergency' THEN {emergency:a} WHEN 'inpatient' THEN {discharge:a} ELSE {outpatient:a} END AS most_days
  FROM asked a LEFT JOIN doses d ON d.line = a.line
)
SELECT claim, line, served_day, name, daily_dose, most_dose, days_supply, most_days,
  CASE WHEN daily_dose > most_dose THEN '日剂量' ELSE '给药天数' END AS what,
  CAST(FLOOR(CASE WHEN daily_dose > most_dose THEN amount_fen * (1 - most_dose / daily_dose)
    ELSE amount_fen * (1 - most_days * 1.0 / days_supply) END) AS BIGINT) AS amount_fen
FROM judged
WHERE daily_dose > most_dose OR days_supply > most_days
