"""What codes are called, where the archive knows it."""

from datetime import date

import pytest

from yidang.claims import naming
from yidang.claims.drg.reading import synthetic
from yidang.claims.lists.taking import take
from yidang.oversight.knowledge.shipped import shipped


@pytest.fixture
def table(importer, tmp_path):
    def take_in(kind, text):
        path = tmp_path / f"{kind}.csv"
        path.write_text(text, encoding="utf-8")
        return take(grant=importer, kind=kind, path=path, source="国家医保局", dated_on=date(2026, 3, 1))

    return take_in


def test_an_item_is_called_by_the_newest_table_before_the_invented_list(table):
    known, other = (row["item"] for row in shipped()["items"][:2])
    invented = naming.names_of_items({known, other, "X-NOBODY"})
    assert set(invented) == {known, other}
    table("drugs", f"编码,注册名称\n{known},官方名称\n")
    assert naming.names_of_items({known, other}) == {known: "官方名称", other: invented[other]}


def test_illnesses_and_operations_only_by_a_table(table):
    assert naming.names_of_diagnoses({"J18.900"}) == {}
    table("diagnoses", "诊断代码,诊断名称\nJ18.900,肺炎\n")
    assert naming.names_of_diagnoses({"J18.900"}) == {"J18.900": "肺炎"}
    assert naming.names_of_operations({"J18.900"}) == {}


def test_an_illness_the_table_lacks_is_called_as_the_nearest_above_it(table, django_assert_max_num_queries):
    table(
        "diagnoses",
        "诊断代码,诊断名称\nI10,高血压\nI10.x00,特发性高血压\nI10.x00x003,高血压病3级\nJ18,肺炎\nJ18.90,别的\nE11.4,糖尿病\nM80,骨质疏松\nI1,旁的\n",
    )
    wanted = {"I10.x00x002", "I10.x00x003", "I10.9", "J18.901", "E11.400x121+H36.0*", "M8000/3", "J1", "I11.900"}
    with django_assert_max_num_queries(2):
        called = naming.names_of_diagnoses(wanted)
    assert called == {
        "I10.x00x002": "特发性高血压",
        "I10.x00x003": "高血压病3级",
        "I10.9": "高血压",
        "J18.901": "肺炎",
        "E11.400x121+H36.0*": "糖尿病",
    }


@pytest.mark.django_db
def test_a_group_is_called_by_the_scheme_in_force():
    group = next(one for one in synthetic().drgs if one.name)
    assert naming.names_of_groups({group.code, "ZZ99"}, date(2026, 3, 1)) == {group.code: group.name}
    assert naming.names_of_groups(set(), date(2026, 3, 1)) == {}
