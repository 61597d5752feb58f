WITH tests AS (
  SELECT b.claim, b.provider, b.department, b.main_diagnosis, b.item_number, MIN(b.line) AS line
  FROM bill b
  WHERE b.visit = 'inpatient' AND b.class = 'service' AND b.fee_category IN ('04', '4') AND b.item_number IS NOT NULL
  GROUP BY b.claim, b.provider, b.department, b.main_diagnosis, b.item_number
), panels AS (
  SELECT claim, provider, department, MAX(SUBSTR(main_diagnosis, 1, 3)) AS disease, COUNT(*) AS tests,
    SUM(item_number) AS mark_a, SUM(item_number * item_number) AS mark_b
  FROM tests GROUP BY claim, provider, department
), admissions AS (
  SELECT provider, department, COUNT(*) AS stays FROM stay WHERE visit = 'inpatient' GROUP BY provider, department
), same AS (
  SELECT provider, department, mark_a, mark_b, COUNT(*) AS alike, COUNT(DISTINCT disease) AS diseases
  FROM panels WHERE tests >= {tests}
  GROUP BY provider, department, mark_a, mark_b
)
SELECT p.claim, b.line, b.amount_fen, b.served_day, b.name, e.alike, a.stays, p.tests
FROM panels p
JOIN same e ON e.provider = p.provider AND e.department = p.department AND e.mark_a = p.mark_a AND e.mark_b = p.mark_b
JOIN admissions a ON a.provider = p.provider AND a.department = p.department
JOIN bill b ON b.claim = p.claim AND b.class = 'service' AND b.fee_category IN ('04', '4')
WHERE a.stays >= {stays} AND e.alike > a.stays * {share} AND p.tests >= {tests} AND e.diseases >= {diseases}
