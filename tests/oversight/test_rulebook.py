"""Every rule of the book does what its own cases say; months make no difference, and no engine does."""

import shutil

import pytest

from yidang.kernel.errors import Invalid, NotFound
from yidang.oversight.analytics import duck, runner
from yidang.oversight.analytics.judging import judging
from yidang.oversight.analytics.portable import EVIDENCE, for_spark
from yidang.oversight.analytics.schema import tables
from yidang.oversight.rules.loading import BOOK, book, load, rules_named
from yidang.oversight.rules.parameters import Elsewhere, Parameter
from yidang.oversight.rules.worlds import found_wanting, world

_SEEN = (
    "SELECT rule, claim, line, amount_fen, served_day, person, provider, doctor, month, item FROM doubts ORDER BY ALL"
)


@pytest.fixture(scope="module")
def cases():
    return world(book()).tables


@pytest.fixture(scope="module")
def at_once(cases):
    with duck.opened(memory="500MB") as session:
        for name in tables():
            session.fill(name, cases.get(name, []))
        runner.judge_all(session, book())
        yield session


def test_the_catalogue_is_whole():
    assert [rule.id for rule in book()] == [f"{number:02d}" for number in range(1, 57)]
    assert rules_named(["GZ10000301004000", "18"])[0].id == "01"
    with pytest.raises(NotFound):
        rules_named(["57"])


def test_each_rule_does_what_its_cases_say(at_once):
    doubts = at_once.rows("SELECT DISTINCT rule, claim, line FROM doubts")
    assert found_wanting(book(), doubts) == []


def test_no_money_is_counted_twice(at_once):
    told = runner.Examined(at_once, book(), 0, 0, 0.0).findings()
    most = "SELECT SUM(fen) FROM (SELECT MAX(amount_fen) AS fen FROM doubts WHERE line IS NOT NULL GROUP BY line)"
    assert sum(one["amount_fen"] for one in told.values()) == at_once.rows(most)[0][0]
    assert all(one["amount_fen"] <= one["at_risk_fen"] for one in told.values())


def test_month_by_month_finds_what_all_at_once_finds(cases, at_once, tmp_path, monkeypatch):
    monkeypatch.setattr(runner, "LINES_AT_ONCE", 0)
    _keep(at_once, tmp_path)
    knowledge = {name: cases.get(name, []) for name in tables()}
    monkeypatch.setattr("yidang.oversight.knowledge.current.base", lambda: knowledge)
    with runner.examined(tmp_path, book()) as done:
        assert len(runner.spans_of(done.duck)) >= 5
        assert done.duck.rows(_SEEN) == at_once.rows(_SEEN)


def _keep(session, folder):
    """The cases as a data folder: Arrow carries them, for the session itself may write nowhere."""
    import pyarrow.parquet as pq

    for name in tables():
        rows = session._connection.sql(f"SELECT * FROM raw_{name}").to_arrow_table()
        if "month" in rows.column_names:
            pq.write_to_dataset(rows, folder / name, partition_cols=["month"])
        elif name != "items":
            (folder / name).mkdir()
            pq.write_table(rows, folder / name / "part.parquet")


@pytest.mark.parametrize("rule", book(), ids=lambda rule: rule.slug)
def test_a_rule_can_be_said_to_spark(rule):
    import sqlglot

    said = for_spark(judging(rule, EVIDENCE))
    assert "to_json(struct(r.*))" in said
    assert sqlglot.transpile(said, read="spark", write="duckdb")


@pytest.mark.slow
def test_spark_finds_the_same(cases, at_once):
    pytest.importorskip("pyspark", reason="install pyspark (and Java) to compare the engines")
    from yidang.oversight.analytics import spark

    with spark.opened("1g", spark.FEW_ROWS) as session, duck.opened() as collected:
        for name in tables():
            session.fill(name, cases.get(name, []))
        spark.judge_all(session, collected, book())
        assert collected.rows(_SEEN) == at_once.rows(_SEEN)


@pytest.mark.parametrize(
    ("file", "lost"), [("rule.toml", "[citation]"), ("cases.toml", 'kind = "edge"'), ("rule.toml", '"险种" = ')]
)
def test_a_rule_without_law_or_cases_is_refused(tmp_path, file, lost):
    folder = tmp_path / "01_drug_sex"
    shutil.copytree(BOOK / folder.name, folder)
    text = (folder / file).read_text(encoding="utf-8")
    wrong = lost.replace("citation", "other").replace("edge", "hit").replace("险种", "险")
    (folder / file).write_text(text.replace(lost, wrong), encoding="utf-8")
    with pytest.raises(Invalid, match="rule_refused"):
        load(folder)


def test_a_parameter_speaks_for_its_area_and_level():
    days = Parameter("days", 7, by=(Elsewhere(15, region="99", level=3),))
    assert f"{days}" == "7"
    assert f"{days:s}" == "(CASE WHEN s.region LIKE '99%' AND s.level = 3 THEN 15 ELSE 7 END)"


def test_the_engine_reads_its_folder_and_nothing_else(tmp_path):
    with duck.opened(tmp_path) as session:
        for sql in ("SELECT * FROM read_text('/etc/hostname')", "SET enable_external_access = true", "INSTALL httpfs"):
            with pytest.raises(Exception, match=r"(?i)permission|locked|disabled|cannot"):
                session.rows(sql)
