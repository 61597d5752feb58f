"""Types and fields from lines with places: on the shipped truth as if read perfectly, and case by case."""

import itertools

import pytest

from yidang.holdings.reading import Line, PageReading
from yidang.intake.reading.extract import extract
from yidang.intake.reading.extraction.tokens import tokens_of
from yidang.intake.reading.typing import classify
from yidang.intake.reading.variants import mend_codes, settle_variants
from yidang.intake.samples.evaluation import expected_fields
from yidang.intake.samples.shipped import shipped


def line(text, x, y, *, confidence=0.99, width=None):
    return Line(text, [x, y, x + (width or 0.02 * len(text)), y + 0.018], confidence)


def perfect_readings(entry):
    return [PageReading([Line(text, box, 0.99) for text, *box in page["lines"]]) for page in entry["pages"]]


def documents():
    for entry, _ in shipped():
        for document in entry.get("members", [entry]):
            if document.get("pages") and "part" not in document and document.get("layout") != "none":
                yield document


def test_every_type_in_the_shipped_batch_is_told_apart():
    wrong = [
        (document["type"], classify([reading.text() for reading in perfect_readings(document)]))
        for document in documents()
    ]
    assert [pair for pair in wrong if pair[0] != pair[1][0]] == []


def test_nearly_every_field_of_the_shipped_truth_is_found():
    found = wrong = 0
    for document in documents():
        fields = extract(document["type"], perfect_readings(document)).fields
        for key, value in expected_fields(document).items():
            got = fields.get(key)
            found += 1
            wrong += got is None or got.value != value
    assert wrong / found <= 0.005


def test_a_field_points_to_the_line_it_was_read_from():
    page = PageReading([line("姓名", 0.1, 0.2), line("王小明", 0.2, 0.2), line("性别", 0.4, 0.2), line("男", 0.5, 0.2)])
    field = extract("enrolment_person", [PageReading(), page]).fields["person_name"]
    assert field.value == "王小明"
    assert field.page == 2
    assert list(field.box) == list(page.lines[1].box)
    assert field.confidence >= 0.9


def test_a_value_below_its_label_or_wrapped_beside_it_is_found():
    below = PageReading([line("单位名称", 0.1, 0.2), line("青垣恒通商贸有限公司", 0.1, 0.23)])
    assert extract("levy_assessment", [below]).text("unit_name") == "青垣恒通商贸有限公司"
    wrapped = PageReading([line("单位名称", 0.1, 0.2), line("青垣恒通商贸", 0.3, 0.188), line("有限公司", 0.3, 0.212)])
    assert extract("levy_assessment", [wrapped]).text("unit_name") == "青垣恒通商贸有限公司"


def test_a_label_broken_in_two_is_one_label():
    page = PageReading(
        [line("统一社会信用", 0.1, 0.2), line("91660103URYM0JD4GW", 0.4, 0.211), line("代码", 0.12, 0.222)]
    )
    assert extract("levy_assessment", [page]).text("credit_code") == "91660103URYM0JD4GW"


def test_several_labels_in_one_line_are_taken_apart():
    page = PageReading([line("姓名：王小明 性别：男 联系电话：13912345678", 0.1, 0.2)])
    fields = extract("remote_filing", [page]).fields
    assert fields["person_name"].value == "王小明"
    assert fields["phone"].value == "13912345678"


@pytest.mark.parametrize(
    "text",
    ["姓名：王小明性别：男", "姓名 王小明 性别 男", "姓名：王小明   男  45岁", "姓名:王小明性别男年龄45岁"],
)
def test_a_name_ends_where_the_next_thing_on_its_line_begins(text):
    page = PageReading([line("诊断证明书", 0.4, 0.05), line(text, 0.1, 0.2)])
    assert extract("diagnosis_certificate", [page]).text("person_name") == "王小明"


def test_the_head_of_a_table_is_nobodys_name():
    page = PageReading([line("姓名 性别 年龄 科室", 0.1, 0.2)])
    assert extract("diagnosis_certificate", [page]).text("person_name") == ""


@pytest.mark.parametrize(
    ("number", "date"),
    [
        ("文号：青医保稽〔2026〕12号", "日期：2026年3月5日"),
        ("（青医保稽〔2026〕12号）", "2026年3月5日（公章）"),
        ("发文字号：青医保稽[2026]12号", "青垣市医疗保障局 2026年3月5日"),
    ],
)
def test_number_and_date_of_a_notice_are_found_wherever_they_stand(number, date):
    words = ["稽核通知书", number, "青垣市人民医院：", "经查，你单位存在问题。", "青垣市医疗保障局", date]
    page = PageReading([line(text, 0.1, 0.05 + 0.03 * place) for place, text in enumerate(words)])
    description = extract("inspection_notice", [page])
    assert description.text("document_number") == "青医保稽〔2026〕12号"
    assert description.text("formed_on") == "2026-03-05"


def test_an_unknown_paper_is_called_by_what_stands_out_at_its_head():
    tall = Line("会议纪要", [0.3, 0.05, 0.5, 0.085], 0.99)
    below = [line("时间：2026年3月5日", 0.1, 0.2), line("各位代表", 0.1, 0.25), line("如下", 0.1, 0.3)]
    page = PageReading([tall, *below])
    title = extract("other", [page]).fields["title"]
    assert title.value == "会议纪要"
    assert title.confidence <= 0.5  # a person looks at it
    assert list(title.box) == list(tall.box)
    plain = PageReading([line("各位同事，请注意。", 0.1, 0.2), line("如下", 0.1, 0.25)])
    assert extract("other", [plain]).text("title") == "其他"


def test_amounts_that_add_up_vouch_for_each_other_and_others_are_doubted():
    def page(own):
        return PageReading(
            [
                line("费用总额：1000.00", 0.1, 0.2, confidence=0.7),
                line("统筹基金支付：600.00", 0.1, 0.3, confidence=0.7),
                line(f"个人自付：{own}", 0.1, 0.4, confidence=0.99),
            ]
        )

    right = extract("settlement_list", [page("400.00")]).fields
    assert all(right[key].confidence > 0.95 for key in ("amount_total", "amount_fund", "amount_self"))
    wrong = extract("settlement_list", [page("480.00")]).fields
    assert all(wrong[key].confidence < 0.9 for key in ("amount_total", "amount_fund", "amount_self"))


def test_a_code_and_a_name_that_belong_apart_are_doubted():
    page = PageReading([line("诊断：原发性高血压", 0.1, 0.2), line("疾病编码：E11.9", 0.1, 0.3)])
    fields = extract("settlement_list", [page]).fields
    assert fields["diagnosis"].confidence < 0.9
    assert fields["icd_code"].confidence < 0.9


def test_nobody_is_discharged_before_being_admitted():
    page = PageReading([line("入院日期：2025-06-20", 0.1, 0.2), line("出院日期：2025-06-10", 0.1, 0.3)])
    fields = extract("settlement_list", [page]).fields
    assert fields["admitted_on"].confidence < 0.9
    assert fields["discharged_on"].confidence < 0.9


def test_a_letter_gives_its_number_sender_day_and_subject():
    page = PageReading(
        [
            line("临溪县劳动局文件", 0.3, 0.1),
            line("临劳险〔1998]12号", 0.4, 0.15),
            line("关于职工大病医疗费用", 0.3, 0.2),
            line("补助问题的批复", 0.35, 0.23),
            line("你单位报来的请示收悉。", 0.2, 0.3),
            line("临溪县劳动局", 0.6, 0.7),
            line("一九九八年三月五日", 0.6, 0.74),
        ]
    )
    fields = extract("typed_letter", [page]).fields
    assert fields["document_number"].value == "临劳险〔1998〕12号"
    assert fields["responsible"].value == "临溪县劳动局"
    assert fields["formed_on"].value == "1998-03-05"
    assert fields["title"].value == "关于职工大病医疗费用补助问题的批复"


@pytest.mark.parametrize("kind", ["settlement_list", "typed_letter", "other", "nonsense"])
def test_an_empty_paper_has_no_fields_and_an_unsure_title(kind):
    description = extract(kind, [PageReading()])
    assert set(description.fields) == {"title"}
    assert description.fields["title"].confidence <= 0.5


def test_text_of_no_known_kind_is_other_or_unsure():
    for text in ("", "hello world", "今天天气很好，我们去公园散步。", "12 34 56\n78 90"):
        kind, confidence = classify([text])
        assert kind == "other" or confidence < 0.9


def test_a_leaning_page_is_levelled_before_rows_are_looked_for():
    lean = 0.03
    lines = [
        Line("值", [x, 0.1 * row + lean * x, x + 0.1, 0.1 * row + lean * x + 0.02], 0.98)
        for row, x in itertools.product(range(1, 8), (0.1, 0.4, 0.8))
    ]
    heights = [token.middle for token in tokens_of([PageReading(lines)])[0]]
    rows = [heights[place : place + 3] for place in range(0, len(heights), 3)]
    assert all(max(row) - min(row) < 0.004 for row in rows)


def test_stray_traditional_characters_are_settled_but_not_on_a_traditional_page():
    simplified = ["青垣市医疗保险管理中心关于做好年度缴费工作的通知各参保单位定点医疗机构请认真执行", "中心公費"]
    assert settle_variants(simplified)[1] == "中心公费"
    traditional = ["醫療保險費用結算單據應當按規定整理歸檔妥善保管單位負責", "個人帳戶"]
    assert settle_variants(traditional) == traditional


def test_disease_codes_are_mended_in_the_text_itself():
    reading = PageReading(
        [
            line("疾病编码", 0.1, 0.2),
            line("120.9", 0.19, 0.2),
            line("120.9", 0.1, 0.5),
            line("诊断：高血压（150.9）", 0.1, 0.6),
        ]
    )
    assert [each.text for each in mend_codes(reading).lines] == ["疾病编码", "I20.9", "120.9", "诊断：高血压（I50.9）"]
