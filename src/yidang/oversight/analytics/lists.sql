-- Lists that do not change from month to month: the knowledge base and the dated lists of other offices.

-- name: items kept
SELECT item, name, class, generic, atc4, COALESCE(per, '') AS per, standard_minutes,
  ROW_NUMBER() OVER (ORDER BY item) AS item_number
FROM raw_items

-- name: limits kept
SELECT kind, item, level, low, high, within_days, choice, {from:}, {until:} FROM raw_limits

-- name: choices kept
SELECT kind, item, choice, {from:}, {until:} FROM raw_choices

-- name: pairs kept
SELECT kind, item_a, item_b, {from:}, {until:} FROM raw_pairs

-- name: packages kept
SELECT package, part, {from:}, {until:} FROM raw_packages

-- name: prices kept
SELECT item, level, ceiling_fen, {from:}, {until:} FROM raw_prices

-- name: diagnosis_limits kept
SELECT kind, code, low, high, {from:}, {until:} FROM raw_diagnosis_limits

-- name: drg_weights kept
SELECT drg, weight, {from:}, {until:} FROM raw_drg_weights

-- name: supports kept
SELECT diagnosis, severity, item, {from:}, {until:} FROM raw_supports

-- name: persons
SELECT person, sex, scheme, region, address, blood_group FROM raw_persons

-- name: providers
SELECT provider, kind AS house, level, region, beds, longitude, latitude FROM raw_providers

-- name: doctors
SELECT doctor, provider, department, profession, specialty FROM raw_doctors

-- name: stock_in
SELECT trace, provider, item, product, {minute:stocked_at} AS stocked_minute FROM raw_stock_in

-- name: products
SELECT trace_prefix, product, item FROM raw_products

-- name: deaths kept
SELECT person, MIN({day:died_on}) AS died_day FROM raw_deaths GROUP BY person

-- name: absences
SELECT person, kind, {day:from_on} AS from_day, COALESCE({day:until_on}, 99999) AS until_day FROM raw_absences

-- name: suspensions
SELECT doctor, {day:from_on} AS from_day, COALESCE({day:until_on}, 99999) AS until_day FROM raw_suspensions

-- name: terminations
SELECT provider, {day:from_on} AS from_day, COALESCE({day:until_on}, 99999) AS until_day FROM raw_terminations

-- name: orders
SELECT claim, item, {minute:ordered_at} AS ordered_minute FROM raw_orders

-- name: results
SELECT claim, item, {minute:resulted_at} AS resulted_minute FROM raw_results

-- name: leaves
SELECT claim, hours FROM raw_leaves

-- name: vitals
SELECT claim, person, blood_group, sex, height_cm FROM raw_vitals
