"""Features know their own month and the past: what comes later changes none of them."""

import shutil

import numpy as np
import pytest

from yidang.oversight.scores.features import folder_opened, lay_month, months_of, table_of
from yidang.oversight.scores.levels import level_of, levels


def tables(folder, month):
    with folder_opened(folder) as duck:
        lay_month(duck, folder, month)
        return [table_of(duck, level, month) for level in levels()]


def test_no_later_month_enters_the_features(history, tmp_path):
    with folder_opened(history) as duck:
        month, later = months_of(duck)[-4], months_of(duck)[-3:]
    cut = tmp_path / "cut"
    shutil.copytree(history, cut)
    for name in later:
        for part in cut.glob(f"*/month={name}"):
            shutil.rmtree(part)
    for whole, known in zip(tables(history, month), tables(cut, month), strict=True):
        assert len(whole)
        assert list(whole.about["subject"]) == list(known.about["subject"])
        np.testing.assert_allclose(whole.values, known.values, rtol=1e-9)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_feature_has_a_name_in_both_languages(language):
    for level in levels():
        assert level.baseline in level.columns
        names = [level.named(feature, language) for feature in level.columns]
        assert len(set(names)) == len(names)
        assert not set(names) & set(level.columns) - {"lines"}


def test_persons_who_always_come_together_are_counted(tmp_path, history):
    from yidang.oversight.analytics.duck import Duck, opened
    from yidang.oversight.scores.levels import pairs_sql

    kinds = {
        "provider": "VARCHAR", "visit": "VARCHAR", "department": "VARCHAR", "person": "BIGINT", "settled_day": "INT",
        "settled_minute": "INT",
    }  # fmt: skip
    rows = [("P", "pharmacy", "", 9, day, day * 1440 + 600) for day in range(60)]  # every day: meets all, by chance
    for day in (3, 17, 29):
        rows += [("P", "pharmacy", "", person, day, day * 1440 + 600 + person) for person in (1, 2)]
        rows.append(("P", "pharmacy", "", 3, day, day * 1440 + 1000))  # the same days, another hour
    with opened() as duck:
        assert isinstance(duck, Duck)
        duck.table("past_stay", kinds, rows)
        duck.table("raw_persons", {"person": "BIGINT", "address": "BIGINT"}, [])
        found = duck.rows(f"SELECT person, companion, days FROM ({pairs_sql(3, 3.0)}) ORDER BY person")
    assert found == [(1, 2, 3), (2, 1, 3)]


def test_a_claim_has_a_row_once(history):
    with folder_opened(history) as duck:
        month = months_of(duck)[-2]
        lay_month(duck, history, month)
        table = table_of(duck, level_of("claim"), month)
        count = duck.rows("SELECT COUNT(DISTINCT claim) FROM bill")[0][0]
    assert len(table) == len(set(table.about["claim"].tolist())) == count
