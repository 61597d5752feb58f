"""Whole files: the same groups from CSV and Parquet, headings of others, and what cannot be read."""

import csv

import pytest

from yidang.claims.drg.batch import group_file
from yidang.claims.drg.errors import ColumnMissing, FileNotRead
from yidang.claims.drg.reading import synthetic
from yidang.claims.drg.rules import Grouper

_ROWS = [
    {"case": "1", "main_diagnosis": "J18.9", "other_diagnoses": "J96.9|D64.9", "operations": "", "age": "70"},
    {"case": "2", "main_diagnosis": "K35.8", "other_diagnoses": "", "operations": "47.01", "age": "30"},
    {"case": "3", "main_diagnosis": "", "other_diagnoses": "", "operations": "", "age": ""},
]


@pytest.fixture
def grouper():
    return Grouper(synthetic())


def _write(path, rows, names=None):
    with path.open("w", encoding="utf-8", newline="") as sink:
        writer = csv.writer(sink)
        writer.writerow(names or list(rows[0]))
        writer.writerows(row.values() for row in rows)
    return path


def _read(path):
    with path.open(encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source))


def test_a_csv_keeps_its_columns_and_gets_its_groups(grouper, tmp_path):
    told = group_file(grouper, _write(tmp_path / "in.csv", _ROWS), tmp_path / "out.csv")
    rows = _read(tmp_path / "out.csv")
    assert [(row["case"], row["drg"], row["status"]) for row in rows] == [
        ("1", "ES21", "grouped"),
        ("2", "GD25", "grouped"),
        ("3", "0000", "no_main_diagnosis"),
    ]
    assert (told["cases"], told["grouped"], told["not_grouped"]) == (3, 2, {"no_main_diagnosis": 1})


def test_parquet_with_lists_gives_the_same(grouper, tmp_path):
    import pyarrow as pa
    import pyarrow.parquet as pq

    table = pa.table(
        {
            "main_diagnosis": [row["main_diagnosis"] for row in _ROWS],
            "other_diagnoses": [row["other_diagnoses"].split("|") if row["other_diagnoses"] else [] for row in _ROWS],
            "operations": [row["operations"] for row in _ROWS],
        }
    )
    pq.write_table(table, tmp_path / "in.parquet")
    group_file(grouper, tmp_path / "in.parquet", tmp_path / "out.parquet")
    assert pq.read_table(tmp_path / "out.parquet")["drg"].to_pylist() == ["ES21", "GD25", "0000"]


def test_headings_of_others_are_understood_or_named(grouper, tmp_path):
    rows = [{"a": "J18.9", "b": "J96.9", "c": "D64.9"}]
    known = _write(tmp_path / "known.csv", rows, ["主要诊断编码", "其他诊断编码1", "其他诊断编码2"])
    group_file(grouper, known, tmp_path / "one.csv")
    named = _write(tmp_path / "named.csv", rows, ["ZD", "QT", "x"])
    group_file(grouper, named, tmp_path / "two.csv", named={"main_diagnosis": "ZD", "other_diagnoses": "QT"})
    assert _read(tmp_path / "one.csv")[0]["drg"] == _read(tmp_path / "two.csv")[0]["drg"] == "ES21"


def test_a_row_with_more_cells_than_headings_is_not_believed(grouper, tmp_path):
    (tmp_path / "in.csv").write_text("主要诊断\nI10.x00\nI10.x00,多\nI10.x00,\n", encoding="utf-8")
    told = group_file(grouper, tmp_path / "in.csv", tmp_path / "out.csv")
    assert told["not_grouped"].get("more_cells_than_headings") == 1
    assert told["cases"] == 3


def test_a_file_without_a_main_diagnosis_is_refused(grouper, tmp_path):
    with pytest.raises(ColumnMissing):
        group_file(grouper, _write(tmp_path / "in.csv", [{"x": "1"}]), tmp_path / "out.csv")
    assert not (tmp_path / "out.csv").exists()


@pytest.mark.parametrize("name", ["in.parquet", "in.csv"])
def test_what_cannot_be_read_is_refused(grouper, tmp_path, name):
    (tmp_path / name).write_bytes(b"\x00\xff\xfenothing")
    with pytest.raises(FileNotRead):
        group_file(grouper, tmp_path / name, tmp_path / "out.csv")
