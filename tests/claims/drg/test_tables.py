"""What is read from a folder of tables, and how a wrong row is told."""

import csv
import shutil

import pytest

from yidang.claims.drg.errors import FileNotRead, TableMissing, TableWrong
from yidang.claims.drg.reading import read_scheme, synthetic_folder
from yidang.claims.drg.rules import Case, Grouper


@pytest.fixture
def folder(tmp_path):
    return shutil.copytree(synthetic_folder(), tmp_path / "tables")


def _append(folder, table, *cells):
    with (folder / f"{table}.csv").open("a", encoding="utf-8", newline="") as sink:
        csv.writer(sink, lineterminator="\n").writerow(cells)
    return len((folder / f"{table}.csv").read_text(encoding="utf-8").splitlines())


def test_the_scheme_that_ships_is_marked_as_invented(folder):
    version = read_scheme(folder).version
    assert (version.source, version.is_verified) == ("synthetic", False)


@pytest.mark.parametrize(
    ("table", "cells", "column", "reason"),
    [
        ("adrg", ("??1", "无此大类", "?", "medical"), "mdc", "drg_reason_unknown"),
        ("adrg_operations", ("47.09", "XX9"), "adrg", "drg_reason_unknown"),
        ("adrg_diagnoses", ("", "ES2"), "code", "drg_reason_empty"),
        ("complications", ("J98*", "大", ""), "level", "drg_reason_unknown"),
        ("drg", ("ES27", "ES2", "7", "肺炎", "重", "1"), "weight", "drg_reason_number"),
        ("drg", ("ES25", "ES2", "5", "肺炎", "1.0", "1"), "drg", "drg_reason_twice"),
    ],
)
def test_a_wrong_row_is_told_with_file_and_row(folder, table, cells, column, reason):
    row = _append(folder, table, *cells)
    with pytest.raises(TableWrong) as caught:
        read_scheme(folder)
    assert caught.value.code == reason
    assert caught.value.facts == {"file": f"{table}.csv", "row": row, "column": column}


def test_a_missing_table_is_named(folder):
    (folder / "drg.csv").unlink()
    with pytest.raises(TableMissing) as caught:
        read_scheme(folder)
    assert caught.value.facts["table"] == "drg"


def test_what_is_no_workbook_is_refused(folder):
    (folder / "trauma.csv").rename(folder / "trauma.xlsx")
    with pytest.raises(FileNotRead):
        read_scheme(folder)


def test_workbooks_with_chinese_headings_are_read(folder):
    from openpyxl import Workbook

    with (folder / "drg.csv").open(encoding="utf-8", newline="") as source:
        rows = list(csv.DictReader(source))
    book = Workbook()
    book.active.append(["DRG编码", "ADRG编码", "DRG名称", "权重"])
    for row in rows:
        book.active.append([row["drg"], row["adrg"], row["name"], float(row["weight"])])
    book.save(folder / "drg.xlsx")
    (folder / "drg.csv").unlink()
    grouper = Grouper(read_scheme(folder))
    assert grouper.group(Case("J18.9", ("J96.9",))).drg == "ES21"
