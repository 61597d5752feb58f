"""The search's filters, said in words."""

import pytest

from yidang.access.query import parse
from yidang.holdings.scheme import load_scheme
from yidang.kernel.errors import Invalid


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("typed", "facet", "code"),
    [
        ("类目:住院费用结算", "series", "DYJS"),
        ("类目:dyjs", "series", "DYJS"),
        ("股室:参保股", "department", "cbg"),
        ("类型:稽核通知书", "type", "inspection_notice"),
        ("type:invoice", "type", "invoice"),
        ("印章:有", "seal", "yes"),
        ("状态:待确认", "state", "waiting"),
        ("期限:永久", "term", "Y"),
        ("期限:30年", "term", "D30"),
        ("年度:2019", "year", "2019"),
    ],
)
def test_values_are_called_by_their_names(typed, facet, code):
    load_scheme()
    assert parse(typed).facets == {facet: frozenset({code})}


@pytest.mark.django_db
def test_what_nothing_is_called_is_said_so():
    with pytest.raises(Invalid, match="query_filter_unknown"):
        parse("类目:无此类目")
