"""The wrapping of a rule's text: what a doubt needs beside claim, line and money is joined here, once for all rules."""
# ruff: noqa: S608 - the text is made of the schema, the rule book and quoted paths; no value of a person enters it

from yidang.oversight.rules.parameters import literal
from yidang.oversight.rules.rule import Returns, Rule

_ALWAYS = 99999  # a day no rule reaches


def judging(rule: Rule, evidence: str) -> str:
    """Rows as `runner.DOUBTS` names them. `evidence` is how the engine writes the row `r` as JSON."""
    wrap = _by_line if rule.returns is Returns.LINE else _by_claim
    return wrap(rule, evidence)


def _by_line(rule: Rule, evidence: str) -> str:
    return f"""
SELECT '{rule.id}' AS rule, r.claim, r.line, CAST(LEAST(r.amount_fen, b.amount_fen) AS BIGINT) AS amount_fen,
  r.served_day, b.person, b.provider, b.doctor, b.month, b.item, b.quantity, {evidence} AS evidence
FROM ({rule.text()}) r
JOIN bill b ON b.line = r.line
WHERE {_in_force(rule)}"""


def _by_claim(rule: Rule, evidence: str) -> str:
    """The money of a doubt about a whole claim lies on its lines, each with its part."""
    return f"""
SELECT '{rule.id}' AS rule, r.claim, b.line,
  CAST(FLOOR(LEAST(r.amount_fen, s.total_fen) * (b.amount_fen * 1.0 / s.total_fen)) AS BIGINT) AS amount_fen,
  r.served_day, s.person, s.provider, s.doctor, s.month, b.item, b.quantity, {evidence} AS evidence
FROM ({rule.text()}) r
JOIN stay s ON s.claim = r.claim
LEFT JOIN bill b ON b.claim = r.claim
WHERE {_in_force(rule)}"""


def _in_force(rule: Rule) -> str:
    until = literal(rule.valid_until) if rule.valid_until else _ALWAYS
    return f"r.served_day BETWEEN {literal(rule.valid_from)} AND {until}"
