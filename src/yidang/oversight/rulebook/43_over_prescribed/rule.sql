WITH asked AS (
  SELECT claim, line, item, name, amount_fen, served_day, daily_dose, days_supply, quantity, visit, level, region
  FROM bill WHERE class = 'drug' AND (days_supply > 1 OR daily_dose > 0)
), chronic AS (
  SELECT DISTINCT d.claim
  FROM diagnoses d
  JOIN diagnosis_limits k ON k.kind = 'chronic' AND SUBSTR(d.code, 1, LENGTH(k.code)) = k.code
), doses AS (
  SELECT line, high FROM limited WHERE limit_kind = 'daily_dose'
), judged AS (
  SELECT a.claim, a.line, a.name, a.amount_fen, a.served_day, a.daily_dose, a.days_supply, d.high AS most_dose,
    CASE WHEN c.claim IS NOT NULL OR a.visit = 'inpatient' THEN {long:a} WHEN a.visit = 'emergency' THEN {emergency:a}
      ELSE {outpatient:a} END AS most_days, a.quantity
  FROM asked a
  LEFT JOIN doses d ON d.line = a.line
  LEFT JOIN chronic c ON c.claim = a.claim
)
SELECT claim, line, served_day, name, daily_dose, most_dose, days_supply, most_days,
  CASE WHEN daily_dose > most_dose THEN '日剂量' ELSE '给药天数' END AS what,
  CAST(FLOOR(CASE WHEN daily_dose > most_dose THEN amount_fen * (1 - most_dose / daily_dose)
    ELSE amount_fen * (1 - most_days * 1.0 / days_supply) END) AS BIGINT) AS amount_fen
FROM judged
WHERE daily_dose > most_dose OR (days_supply > most_days AND quantity > 1)
