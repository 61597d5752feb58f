"""The rule behind a doubt, as its page tells it: title, article, and the regulation's own row for the behaviour."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from yidang.oversight.rules.loading import book
from yidang.oversight.rules.rule import Rule
from yidang.oversight.tables import behaviours


@dataclass(frozen=True, slots=True)
class Citation:
    """`law`: articles with what follows from them; `explains`: definition and exceptions of the rule."""

    code: str
    title: str
    law: Sequence[str] = ()
    explains: str = ""


@cache
def _rules() -> dict[str, Rule]:
    return {rule.id: rule for rule in book()}


def citation_of(rule: str) -> Citation:
    """A model, or a rule that is in the book no more, is called by its code."""
    found = _rules().get(rule)
    if found is None:
        return Citation(rule, rule)
    return Citation(rule, found.title, _law(found), _explains(found))


def _law(rule: Rule) -> list[str]:
    cited = rule.citation
    told = [f"《{cited.law}》{cited.article}（{cited.source}）"]
    row = behaviours().get(cited.violation)
    return [*told, f"{row.title}：{row.consequence}"] if row else told


def _explains(rule: Rule) -> str:
    told = [rule.national["定义"], rule.national["逻辑"]]
    return "\n".join([*told, *(f"例外：{one}" for one in rule.exceptions)])
