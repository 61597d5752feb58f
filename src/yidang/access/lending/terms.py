"""The rules of lending that are data, read once."""

import tomllib
from functools import cache
from importlib.resources import files

from yidang.access.lending.rules import LoanRules


@cache
def rules() -> LoanRules:
    source = files("yidang.access.lending") / "data" / "loan_rules.toml"
    read = tomllib.loads(source.read_text(encoding="utf-8"))
    return LoanRules(read["steps"], read["extra"], read["terms"])
