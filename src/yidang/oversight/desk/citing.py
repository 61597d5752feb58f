"""The rule behind a doubt, as its page tells it: title, article, and the regulation's own row for the behaviour."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from yidang.oversight.rules.loading import book
from yidang.oversight.rules.rule import Rule
from yidang.oversight.scores.levels import level_of
from yidang.oversight.scores.models import model_level
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
    """A rule that is in the book no more is called by its code."""
    found = _rules().get(rule)
    if found is None:
        return _of_model(rule, level) if (level := model_level(rule)) else Citation(rule, rule)
    return Citation(rule, found.title, _law(found), _explains(found))


def _of_model(code: str, level: str) -> Citation:
    title = level_of(level).title("en" if get_language() == "en" else "zh")
    told = _("A score of a model is a pointer to look closer. It names no article, and nothing follows from it alone.")
    number = code.partition("-")[0]  # two models of one level are not taken for each other
    named = _("Model score: %(level)s") % {"level": f"{title} {number}"}
    return Citation(code, named, explains=told)


def _law(rule: Rule) -> list[str]:
    cited = rule.citation
    told = [f"《{cited.law}》{cited.article}（{cited.source}）"]
    row = behaviours().get(cited.violation)
    return [*told, f"{row.title}：{row.consequence}"] if row else told


def _explains(rule: Rule) -> str:
    told = [rule.national["定义"], rule.national["逻辑"]]
    return "\n".join([*told, *(f"例外：{one}" for one in rule.exceptions)])
