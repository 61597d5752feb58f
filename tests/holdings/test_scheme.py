"""The classification and the retention schedule as packaged data."""

import pytest

from yidang.holdings.models import Fonds, RetentionRule, Series
from yidang.holdings.queries import series_list
from yidang.holdings.scheme import load_scheme, packaged_rules
from yidang.kernel import period, reference_code

pytestmark = pytest.mark.django_db

# Section 1 of the survey: every family of papers of a county bureau has its place.
FAMILIES = {
    *("CBDW", "CBGR", "CBTS", "DYJS", "DYMZ", "DYZG", "XYGL", "JHWS", "CWHD", "CWPZ", "CWYS"),
    *("SXYP", "SXSP", "SZYX", "DZBD", "DZZF", "MBZG", "MBSF", "XYDA", "TJBB", "CBZT"),
}


def test_every_family_has_a_series(scheme):
    assert {entry.code for entry in series_list(2026)} == FAMILIES


def test_credit_stands_in_a_fonds_of_its_own(scheme):
    assert set(Series.objects.filter(fonds="J002", parent__isnull=False).values_list("code", flat=True)) == {"XYDA"}
    assert Fonds.objects.count() == 2


def test_every_series_yields_a_code_of_the_standard(scheme):
    for series in Series.objects.exclude(class_prefix=""):
        period.term_years(series.term)
        prefix = reference_code.class_prefix(
            fonds=series.fonds_id, class_code=series.class_prefix, year=2026, term=series.term
        )
        assert reference_code.is_reference_code(reference_code.item_code(prefix, 1))
        assert series.department_id


@pytest.mark.parametrize(
    ("series", "term"), [("CBDW", "Y"), ("CBGR", "D100"), ("DYMZ", "D10"), ("CWHD", "D100"), ("JHWS", "D30")]
)
def test_terms_follow_the_schedule(scheme, series, term):
    assert Series.objects.get(code=series).term == term


def test_only_found_rules_count_as_verified(scheme):
    marks = set(RetentionRule.objects.filter(is_verified=True).values_list("confidence", flat=True))
    assert marks == {"F"}
    assert RetentionRule.objects.filter(is_verified=False).exists()
    assert all(rule.source for rule in packaged_rules())


def test_loading_twice_changes_nothing(scheme):
    before = list(Series.objects.order_by("code").values()), RetentionRule.objects.count()
    load_scheme()
    assert (list(Series.objects.order_by("code").values()), RetentionRule.objects.count()) == before
