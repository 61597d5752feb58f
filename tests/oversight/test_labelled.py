"""A table somebody else labelled, alone and beside their claims: what is measured, and what is refused in words."""

import csv
import random

import pytest
from click.testing import CliRunner

from yidang.kernel.errors import Invalid
from yidang.kernel.texts import say
from yidang.oversight.evaluation.labelled.account import evaluate_table
from yidang.oversight.evaluation.labelled.table import Asked

_ROWS, _BAD = 400, 60


def _written(path, headings, rows, encoding="utf-8"):
    with path.open("w", encoding=encoding, newline="") as sink:
        csv.writer(sink).writerows([headings, *rows])
    return path


@pytest.fixture(scope="module")
def foreign(tmp_path_factory):
    """Institutions with labels, their claims and the persons of these, as a public fraud set is laid out.

    Who is bad has longer stays and fewer persons; nothing in the table of institutions itself says so.
    """
    draw, place = random.Random(5), tmp_path_factory.mktemp("foreign")
    labels, claims = [], []
    for number in range(_ROWS):
        is_bad, provider = number % (_ROWS // _BAD) == 0, f"PRV{number:05d}"
        labels.append((provider, "Yes" if is_bad else "No", f"{2020 + number % 5}-01-01"))
        persons = [f"BENE{draw.randrange(2000)}" for _ in range(3 if is_bad else 8)]
        for _ in range(8):
            day, stay = draw.randrange(1, 12), draw.randrange(1, 6) + 6 * is_bad
            dates = f"2024-05-{day:02d}", f"2024-05-{day + stay:02d}"
            codes = [str(draw.randrange(100, 999)) for _ in range(2)]
            claims.append(
                (draw.choice(persons), f"CLM{len(claims)}", *dates, provider, draw.randrange(100, 9000), *codes)
            )
    people = [(f"BENE{n}", f"19{30 + n % 60}-01-01", "NA", str(1 + n % 2), "Y" if n % 7 else "0") for n in range(2000)]
    _written(place / "providers.csv", ("Provider", "PotentialFraud", "Since"), labels)
    heads = ("BeneID", "ClaimID", "ClaimStartDt", "ClaimEndDt", "Provider", "InscClaimAmtReimbursed")
    _written(place / "claims.csv", (*heads, "ClmDiagnosisCode_1", "ClmDiagnosisCode_2"), claims)
    _written(place / "persons.csv", ("BeneID", "DOB", "DOD", "Gender", "RenalDiseaseIndicator"), people)
    return place


@pytest.fixture(scope="module")
def told(foreign, tmp_path_factory):
    asked = Asked(beside=(foreign / "claims.csv", foreign / "persons.csv"), time="Since")
    return evaluate_table(foreign / "providers.csv", asked, tmp_path_factory.mktemp("out") / "scores.csv")


def test_label_and_key_are_found_and_claims_summed_up(told):
    assert (told["label"], told["key"], told["labelled"]) == ("PotentialFraud", "Provider", _ROWS)
    assert told["positive"] == told["at"]
    assert told["features"] > 10


@pytest.mark.parametrize("split", ["groups", "time"])
def test_every_ranking_stands_beside_the_one_column(told, split):
    models = told["splits"][split]["models"]
    assert set(models) == {"column", "forest", "copod", "logistic", "lightgbm"}
    assert models["lightgbm"]["ap"] > 0.8  # planted plainly
    for said in models.values():
        low, high = said["ap_95"]
        assert low <= said["ap"] <= high
    assert 0 <= models["logistic"]["ece"] <= 0.2


def test_reasons_name_value_median_percentile_and_contribution(told):
    first = told["top"][0]
    assert first["label"] == 1
    assert {"feature", "value", "median", "percentile", "contribution"} == set(first["reasons"][0])
    assert "中位数" in first["text"]
    assert "单列基准" in first["text"]


def test_rows_without_a_label_are_scored_and_not_measured(foreign, tmp_path):
    rows = [(f"H{n}", n % 9, n % 4, "" if n % 5 == 0 else "是" if n % 9 == 8 else "否") for n in range(120)]
    path = _written(tmp_path / "机构.csv", ("机构编码", "次均", "人数", "是否违规"), rows, "gbk")
    told = evaluate_table(path, Asked(), tmp_path / "out.csv")
    assert (told["rows"], told["labelled"]) == (120, 96)
    assert {"too_few_labels", "column_tells_all"} <= set(told["notes"])
    with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as sink:
        assert len(list(csv.DictReader(sink))) == 120


@pytest.mark.parametrize(
    ("headings", "rows", "asked", "code"),
    [
        (("id", "x", "mark"), [("a", 1, "1")], Asked(), "labelled_no_label"),
        (("id", "x", "fraud"), [("a", 1, "1"), ("b", 2, "maybe")], Asked(), "labelled_label_unknown"),
        (("id", "x", "fraud"), [("a", 1, "1"), ("b", 2, "1")], Asked(), "labelled_one_sided"),
        (("id", "fraud"), [("a", "1"), ("b", "0")], Asked(), "labelled_no_features"),
        (("id", "x", "fraud"), [("a", 1, "1"), ("b", 2, "0")], Asked(label="y"), "labelled_no_column"),
        (("id", "x", "fraud"), [("a", 1, "1"), ("b", 2, "0")], Asked(time="id"), "labelled_time_unknown"),
    ],
)
def test_what_cannot_be_measured_is_told_with_its_place(tmp_path, headings, rows, asked, code):
    with pytest.raises(Invalid) as caught:
        evaluate_table(_written(tmp_path / "t.csv", headings, rows), asked)
    assert caught.value.code == code
    said = say(code, "zh", **caught.value.facts)
    assert "t.csv" in said
    if code == "labelled_label_unknown":
        assert "第 3 行" in said


def test_what_is_no_table_is_told(tmp_path):
    (tmp_path / "t.csv").write_bytes(b"\x00\x01\x02")
    with pytest.raises(Invalid) as caught:
        evaluate_table(tmp_path / "t.csv", Asked())
    assert caught.value.code == "labelled_file_unread"


def test_labels_of_claims_beside_a_folder_are_held_against_the_rules(tmp_path):
    from yidang.claims.generator.making import generate
    from yidang.site.cli.oversight_evaluate import evaluate

    folder = tmp_path / "claims"
    generate(lines=6_000, seed=7, out=folder, workers=1)
    with (folder / "truth.csv").open(encoding="utf-8", newline="") as source:
        truth = {row["claim"]: row["planted"] for row in csv.DictReader(source) if row["claim"] not in {"", "0"}}
    _written(folder / "labels.csv", ("claim", "label"), truth.items())
    done = CliRunner().invoke(evaluate, [str(folder / "labels.csv"), "--json"])
    assert done.exit_code == 0, done.output
    assert "规则涉及金额" in done.stdout
    assert '"key": "claim"' in done.stdout


@pytest.mark.parametrize("before", [1, 25_000])  # within what DuckDB looks at first, and far behind it
def test_a_row_with_more_cells_than_headings_is_named(tmp_path, before):
    rows = [("a", 1, "1", "", "")] + [("a", 1, "1")] * before + [("b", 2, "0", "x")]
    with pytest.raises(Invalid) as caught:
        evaluate_table(_written(tmp_path / "t.csv", ("id", "x", "fraud"), rows), Asked())
    assert (caught.value.code, caught.value.facts["row"]) == ("labelled_row_too_wide", len(rows) + 1)
