"""Tables in the form of the official publications, and a test set of others: both as strangers hand them in."""

import csv
from dataclasses import replace

import pytest
from openpyxl import Workbook

from yidang.claims.drg.batch import group_file
from yidang.claims.drg.errors import TableWrong
from yidang.claims.drg.grids import table_named
from yidang.claims.drg.reading import read_scheme
from yidang.claims.drg.rules import Case, Grouper

_SHEETS = {
    "说明": [("本表由分组方案整理",)],
    "入组条件": [
        ("MDC", "ADRG", "编码", "名称"),
        ("MDCA", "AA1", "37.5100", "心脏移植术"),
        ("MDCG", "GD2", "包含以下主要手术或操作：", ""),
        (None, None, "47.0100、47.0901", "腹腔镜下阑尾切除术"),
        (None, None, "47.0100x001", ""),
        ("MDCG", "GZ1", "K35.800、K35.900", "急性阑尾炎"),
        ("MDCB", "BR1", "A18.000x047+M49.0*", "脊柱结核"),
        ("MDCP", "PS1", "P07.000", "超低出生体重儿"),
        ("MDCM", "MZ1", "N40.x00", "前列腺增生"),
        ("MDCZ", "头颈部创伤", "S01.000", "头皮开放性损伤"),
        ("MDCZ", "胸部创伤", "S22.000", "胸椎骨折"),
        ("MDCZ", "腹部创伤", "S36.000", "脾损伤"),
        ("MDCZ", "ZZ1", "S01.000 S22.000 S36.000", "多发性严重创伤"),
    ],
    "DRG组": [
        ("DRG 分组目录", None, None, None),
        ("序号", "ADRG", "DRG编码", "DRG名称"),
        (1, "AA1", "AA19", "心脏移植"),
        (2, "GD2", "GD21", "阑尾切除术，伴严重并发症或合并症"),
        (3, None, "GD25", "阑尾切除术，不伴"),
        (4, None, "GZ19", "其他消化系统诊断"),
        (5, None, "BR19", "脊柱结核"),
        (6, None, "PS19", "超低出生体重儿"),
        (7, None, "ZZ19", "多发性严重创伤"),
        (8, None, "MZ19", "前列腺增生"),
        (9, None, "GQY", "消化系统歧义组"),
    ],
    "主诊表": [
        ("序号", "MDC", "编码", "名称"),
        (1, "MDCG", "K35.800", "急性阑尾炎"),
        (2, None, "K35.900", ""),
        (3, "MDCB", "A18.000x047+M49.0*", "脊柱结核"),
        (4, "MDCP", "P07.000", ""),
        (5, "MDCG", "S36.000", "脾损伤"),
        (6, "MDCB", "S01.000", ""),
        (7, "MDCM", "N40.x00", ""),
    ],
    "MCC": [("序号", "编码", "名称", "排除表"), (1, "J96.000", "急性呼吸衰竭", "表12")],
    "CC": [("序号", "编码", "名称", "排除表"), (1, "I10.x05", "高血压3级", "")],
    "排除表": [("序号", "排除表", "编码", "名称"), (1, "表12", "K35.900", "阑尾炎")],
    "不作为主诊": [("序号", "编码", "名称"), (1, "Z37.000", "单胎活产")],
}


def laid(place):
    """One workbook of many sheets, with a title above the headings, merged cells and several codes in one cell."""
    place.mkdir()
    book = Workbook()
    book.remove(book.active)
    for title, rows in _SHEETS.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book["入组条件"].merge_cells("B3:B5")
    book.save(place / "CHS-DRG2.0完整版.xlsx")
    return place


@pytest.fixture
def folder(tmp_path):
    return laid(tmp_path / "CHS-DRG-2.0")


@pytest.fixture(scope="module")
def grouper(tmp_path_factory):
    return Grouper(read_scheme(laid(tmp_path_factory.mktemp("drg") / "CHS-DRG-2.0")))


def test_what_the_publication_leaves_out_is_derived_and_told(folder):
    scheme = read_scheme(folder)
    assert (scheme.version.code, scheme.version.is_verified) == ("CHS-DRG-2.0", False)
    assert [one.code for one in scheme.mdcs] == ["A", "G", "B", "P", "M", "Z"]
    told = {"derived:scheme", "derived:mdc", "derived:adrg", "no_weights", "unread:CHS-DRG2.0完整版.xlsx/说明"}
    assert set(scheme.notes) == told


@pytest.mark.parametrize(
    ("case", "drg"),
    [
        (Case("K35.800", (), ("47.0100",)), "GD25"),
        (Case("K35.800", ("J96.000",), ("47.0100x001",)), "GD21"),
        (Case("K35.900", ("J96.000",), ("47.0901",)), "GD25"),  # its table excludes the complication
        (Case("K35.800", ("I10.x05",)), "GZ19"),
        (Case("K35.800", (), ("37.5100",)), "AA19"),  # in advance, whatever the main diagnosis
        (Case("A18.000x047"), "BR19"),  # half of a pair
        (Case("S36.000", ("S01.000", "S22.000")), "ZZ19"),  # severe injuries before the main diagnosis
        (Case("P07.000", age=0, age_days=3), "PS19"),
        (Case("N40.x00", sex=1), "MZ19"),
        (Case("N40.x00", sex=2), "0000"),  # a category of men
        (Case("Z37.000"), "0000"),  # barred as a main diagnosis
        (Case("X99.999"), "0000"),
    ],
)
def test_cases_go_where_the_scheme_says(grouper, case, drg):
    assert grouper.group(case).drg == drg


def test_tables_one_a_file_in_gbk_are_read_the_same(folder, tmp_path, grouper):
    place = tmp_path / "csv"
    place.mkdir()
    for title, rows in _SHEETS.items():
        with (place / f"附件 {title}.csv").open("w", encoding="gbk", newline="") as sink:
            csv.writer(sink, delimiter=";" if title == "MCC" else ",").writerows(rows)
    (place / "附件 MCC.csv").rename(place / "MCC.csv")
    (place / "附件 CC.csv").rename(place / "CC.csv")
    scheme = read_scheme(place)
    assert scheme == replace(grouper.scheme, version=scheme.version)


def test_codes_listed_below_their_group_are_read_too(folder):
    with (folder / "ADRG手术操作表.csv").open("w", encoding="utf-8", newline="") as sink:
        csv.writer(sink).writerows([("AA1 心脏移植", "GD2"), ("33.6x00", "47.2x00"), ("", "47.9200")])
    grouper = Grouper(read_scheme(folder))
    assert grouper.group(Case("K35.800", (), ("47.9200",))).drg == "GD25"
    assert grouper.group(Case("K35.800", (), ("33.6x00",))).drg == "AA19"


def test_a_wrong_cell_of_a_sheet_is_told_with_its_place(folder):
    from openpyxl import load_workbook

    path = folder / "CHS-DRG2.0完整版.xlsx"
    book = load_workbook(path)
    book["主诊表"].append((8, "MDCV", "K99.900", "无此大类"))
    book.save(path)
    with pytest.raises(TableWrong) as caught:
        read_scheme(folder)
    assert caught.value.facts == {"file": "CHS-DRG2.0完整版.xlsx/主诊表", "row": 9, "column": "mdc"}


_TEST_SET = [
    ("病案号", "性别", "年龄", "新生儿出生体重", "主要诊断", "其他诊断", "手术操作", "离院方式", "weight", "期望分组"),
    (
        "1",
        "男",
        "30岁",
        "",
        "K35.800 急性阑尾炎",
        "['J96.000', 'E11.900']",
        "47.0100、99.9900",
        "医嘱离院",
        "a",
        "GD21",
    ),
    ("2", "女", "5天", "2500", "P07.000", "", "", "死亡", "b", "PS19"),
    ("3", "1", "40", "", "K35.800", "I10.X05；J96.000", "", "1", "c", "GZ11"),
    ("4", "2", "28", "", "Q99.900", "", "", "", "d", "00"),
]


def test_a_test_set_of_others_is_grouped_and_compared(grouper, tmp_path):
    source = tmp_path / "测试集.csv"
    with source.open("w", encoding="gbk", newline="") as sink:
        csv.writer(sink, delimiter="\t").writerows(_TEST_SET)
    told = group_file(grouper, source, tmp_path / "out.csv")
    expected = told["expected"]
    assert (expected["rows"], expected["same"], expected["same_adrg"]) == (4, 3, 4)
    assert expected["differing"] == [{"row": 4, "expected": "GZ11", "drg": "GZ19", "status": "grouped"}]
    assert told["unknown"] == {"Q99.900": 1}
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as sink:
        rows = list(csv.DictReader(sink))
    assert [row["drg"] for row in rows] == ["GD21", "PS19", "GZ19", "0000"]
    assert [row["weight"] for row in rows] == ["a", "b", "c", "d"]  # a column of theirs is never lost
    assert rows[0]["yidang_weight"] == "0.0"


def test_only_the_first_operation_counts_where_the_scheme_says_so(folder):
    with (folder / "scheme.csv").open("w", encoding="utf-8", newline="") as sink:
        writer = csv.writer(sink)
        writer.writerow(["code", "name", "version", "source", "effective_from", "手术匹配"])
        writer.writerow(["X", "x", "1", "x", "2026-01-01", "主要手术"])
    case = Case("K35.800", (), ("99.9900", "47.0100"))
    assert Grouper(read_scheme(folder)).group(case).adrg == "GZ1"


@pytest.mark.parametrize(
    ("name", "table"),
    [("附件3 MDC主诊表", "mdc_diagnoses"), ("CC", "cc"), ("MCC", "mcc"), ("adrg", "adrg"), ("ADRG目录", "adrg")],
)
def test_tables_are_told_by_their_names(name, table):
    assert table_named(name) == table
