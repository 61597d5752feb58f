"""What people call the values of the search's filters, in either language."""

from collections.abc import Callable, Iterable, Iterator

from django.utils.translation import override

from yidang.holdings.models import RetentionRule, Series
from yidang.identity.models import Department
from yidang.intake.reading.reference import institutions
from yidang.site.facets import FACET_VALUES
from yidang.site.labels import DOCUMENT_TYPES

LANGUAGES = ("zh-hans", "en")
SEALS = {"yes": ("有", "有印章", "是", "yes"), "no": ("无", "无印章", "没有", "否", "no")}
ITEM_STATES = ("reading", "waiting", "filing", "filed")
Names = Iterator[tuple[str, str]]  # code, name


def codes_of(facet: str, said: str) -> set[str]:
    """Those called exactly so, or else those whose name holds the words."""
    wanted = said.strip().casefold()
    names = {(code, name.casefold()) for code, name in NAMES[facet]()} if facet in NAMES else set()
    exact = {code for code, name in names if wanted in (name, code.casefold())}
    return exact or {code for code, name in names if wanted in name}


def _series() -> Names:
    for one in Series.objects.all():
        yield from ((one.code, one.title_zh), (one.code, one.title_en))


def _processes() -> Names:
    for one in Series.objects.exclude(process=""):
        yield from ((one.process, one.title_zh), (one.process, one.title_en))


def _sections() -> Names:
    for one in Department.objects.all():
        yield from ((one.code, one.name_zh), (one.code, one.name_en))


def _terms() -> Names:
    return _labelled("term", set(RetentionRule.objects.values_list("term", flat=True)))


def _labelled(facet: str, codes: Iterable[str]) -> Names:
    for code in codes:
        for language in LANGUAGES:
            with override(language):
                yield code, FACET_VALUES[facet](code).replace(" ", "")


NAMES: dict[str, Callable[[], Names]] = {
    "series": _series,
    "process": _processes,
    "department": _sections,
    "institution": lambda: ((one.code, one.name) for one in institutions()),
    "seal": lambda: ((code, word) for code, words in SEALS.items() for word in words),
    "type": lambda: _labelled("type", DOCUMENT_TYPES),
    "state": lambda: _labelled("state", ITEM_STATES),
    "term": _terms,
}
