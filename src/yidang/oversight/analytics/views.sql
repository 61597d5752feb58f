-- What rules read. Days are counted from 1970-01-01 and minutes from its midnight, so that one text of arithmetic
-- means the same on every engine. `now` is what is judged, `past` what it is judged against, itself included.
-- `near_` tables hold the month that is judged, `far_` tables the months a rule looks at around it.

-- name: stay kept
SELECT s.claim, s.person, s.provider, s.visit, s.department, s.doctor, s.scheme, s.main_diagnosis, s.drg,
  s.discharge_way, s.total_fen, s.fund_fen, s.own_fen, s.month,
  {day:s.admitted_at} AS admitted_day, {day:s.discharged_at} AS discharged_day, {day:s.settled_at} AS settled_day,
  {minute:s.admitted_at} AS admitted_minute, {minute:s.settled_at} AS settled_minute,
  {day:s.discharged_at} - {day:s.admitted_at} AS nights,
  {month_number:s.month} AS month_number,
  p.sex, p.born_on, {day:p.born_on} AS born_day, {age:p.born_on,s.admitted_at} AS age, p.address, p.blood_group,
  h.kind AS house, h.level, COALESCE(h.region, s.region) AS region, h.beds, h.longitude, h.latitude
FROM near_settlements s
LEFT JOIN raw_persons p ON p.person = s.person
LEFT JOIN raw_providers h ON h.provider = s.provider
WHERE NOT s.reversed

-- name: past_stay
SELECT s.claim, s.person, s.provider, s.visit, s.department, s.doctor, s.main_diagnosis, s.drg,
  s.total_fen, s.fund_fen, s.own_fen, s.month,
  {day:s.admitted_at} AS admitted_day, {day:s.discharged_at} AS discharged_day, {day:s.settled_at} AS settled_day,
  {minute:s.admitted_at} AS admitted_minute, {minute:s.discharged_at} AS discharged_minute,
  {minute:s.settled_at} AS settled_minute
FROM far_settlements s
WHERE NOT s.reversed

-- name: bill kept
SELECT l.line, l.claim, l.person, l.provider, l.visit, l.item, l.class, l.fee_category, l.quantity,
  l.unit_price_fen, l.amount_fen, l.days_supply, l.daily_dose, l.prescription, l.doctor, l.department, l.trace,
  {day:l.served_at} AS served_day, {minute:l.served_at} AS served_minute,
  COALESCE(i.name, l.item) AS name, COALESCE(i.generic, l.item) AS generic, COALESCE(i.atc4, '') AS atc4,
  COALESCE(i.per, '') AS per, COALESCE(i.standard_minutes, 0) AS standard_minutes, i.item_number,
  s.scheme, s.sex, s.born_day, {age:s.born_on,l.served_at} AS age, s.level, s.house, s.region, s.admitted_day,
  s.discharged_day, s.settled_day, s.main_diagnosis, s.month, s.month_number
FROM near_lines l
JOIN stay s ON s.claim = l.claim
LEFT JOIN items i ON i.item = l.item
WHERE NOT l.reversed

-- name: limited kept
SELECT b.line, b.claim, b.person, b.provider, b.visit, b.item, b.class, b.quantity, b.unit_price_fen, b.amount_fen,
  b.days_supply, b.prescription, b.doctor, b.department, b.served_day, b.served_minute, b.name, b.scheme, b.sex,
  b.born_day, b.age, b.level, b.house, b.region, b.month, k.kind AS limit_kind, k.low, k.high, k.within_days, k.choice
FROM bill b
JOIN limits k ON k.item = b.item AND (k.level IS NULL OR k.level = b.level)
  AND b.served_day BETWEEN k.from_day AND k.until_day

-- name: past
SELECT l.line, l.claim, l.person, l.provider, l.visit, l.item, l.class, l.quantity, l.amount_fen, l.days_supply,
  l.doctor, l.department, {day:l.served_at} AS served_day, {minute:l.served_at} AS served_minute, l.month
FROM far_lines l
WHERE NOT l.reversed

-- name: diagnoses kept
SELECT d.claim, d.person, d.code, d.is_main, d.admission_condition
FROM near_diagnoses d
JOIN stay s ON s.claim = d.claim

-- name: past_diagnoses
SELECT d.claim, d.person, d.code, {month_number:d.month} AS month_number
FROM far_diagnoses d

-- name: operations
SELECT o.claim, o.person, o.code, o.doctor, o.session, {day:o.operated_at} AS operated_day
FROM near_operations o

-- name: traces kept
SELECT t.trace, t.line, t.claim, t.person, t.provider, t.region, t.item, t.product, t.quantity, t.is_split,
  COALESCE(t.document, CAST(t.claim AS VARCHAR)) AS document, t.kind AS movement,
  {day:t.moved_at} AS moved_day, {minute:t.moved_at} AS moved_minute
FROM near_traces t
JOIN stay s ON s.claim = t.claim

-- name: stocked kept
SELECT t.line, MIN(CASE WHEN i.provider = t.provider THEN i.stocked_minute END) AS first_stocked,
  MAX(CASE WHEN i.provider = t.provider THEN i.stocked_minute END) AS last_stocked,
  MAX(CASE WHEN i.provider = t.provider THEN 1 ELSE 0 END) AS is_own, MIN(i.provider) AS stocked_by
FROM traces t
JOIN stock_in i ON i.trace = t.trace
WHERE t.movement = 'sale'
GROUP BY t.line
