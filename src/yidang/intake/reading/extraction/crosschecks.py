"""What fields of one paper say about each other: sums, orders of days, codes and their names. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from yidang.intake.reading.extraction.candidates import Candidate
from yidang.intake.reading.extraction.money_words import parse_words
from yidang.intake.reading.extraction.tokens import Token
from yidang.intake.reading.extraction.values import PROVEN
from yidang.intake.reading.reference import codes_by_name, names_by_code

Chosen = dict[str, Candidate]
Options = Mapping[str, Sequence[Candidate]]
DOUBTED = 0.6
AMOUNTS = ("amount_total", "amount_fund", "amount_self")


def cross_check(chosen: Chosen, options: Options, tokens: Sequence[Token]) -> Chosen:
    checked = _amounts(chosen, options, tokens)
    checked = _days(checked)
    return _disease(checked)


def _amounts(chosen: Chosen, options: Options, tokens: Sequence[Token]) -> Chosen:
    written = written_sums(tokens)
    if all(key in chosen for key in AMOUNTS):
        return _balanced(chosen, options, written)
    total = chosen.get("amount_total")
    if total is None or not written:
        return chosen
    return chosen | {"amount_total": _proven(total) if total.value in written else _doubted(total)}


def _balanced(chosen: Chosen, options: Options, written: set[int]) -> Chosen:
    """Total = fund + self. Among the readings offered, the three that add up are taken."""
    for total in options["amount_total"]:
        for fund in options["amount_fund"]:
            for own in options["amount_self"]:
                if int(total.value) == int(fund.value) + int(own.value) and total.value:
                    return chosen | {c.field: _proven(c) for c in (total, fund, own)}
    is_total_sure = chosen["amount_total"].value in written
    mended = {key: _doubted(chosen[key]) for key in AMOUNTS}
    return chosen | mended | ({"amount_total": _proven(chosen["amount_total"])} if is_total_sure else {})


def written_sums(tokens: Sequence[Token]) -> set[int]:
    """Amounts in words 大写, in fen."""
    return {fen for token in tokens if (fen := parse_words(token.text)) is not None}


def _days(chosen: Chosen) -> Chosen:
    """Nobody leaves before coming in, or is settled before that."""
    order = [key for key in ("admitted_on", "discharged_on") if key in chosen]
    if len(order) == 2 and str(chosen["admitted_on"].value) > str(chosen["discharged_on"].value):  # noqa: PLR2004
        return chosen | {key: _doubted(chosen[key]) for key in order}
    left, formed = chosen.get("discharged_on"), chosen.get("formed_on")
    if left and formed and str(formed.value) < str(left.value):
        return chosen | {"formed_on": _doubted(formed)}
    return chosen


def _disease(chosen: Chosen) -> Chosen:
    """A code and a name that belong together vouch for each other; where they differ a person decides."""
    name, code = chosen.get("diagnosis"), chosen.get("icd_code")
    if not name or not code:
        return chosen
    listed = codes_by_name().get(str(name.value))
    if listed == code.value:
        return chosen | {"diagnosis": _proven(name), "icd_code": _proven(code)}
    if listed and names_by_code().get(str(code.value)) and listed != code.value:
        return chosen | {"diagnosis": _doubted(name), "icd_code": _doubted(code)}
    return chosen


def _proven(candidate: Candidate) -> Candidate:
    return replace(candidate, confidence=PROVEN, is_proven=True)


def _doubted(candidate: Candidate) -> Candidate:
    return replace(candidate, confidence=round(min(candidate.confidence, DOUBTED), 4), is_proven=False)
