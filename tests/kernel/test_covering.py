"""What is covered in running text, and that nothing else moves."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yidang.kernel.masking import cover, mask_words, private_places


def over(text: str) -> str:
    return cover(text, private_places(text))


@pytest.mark.parametrize(
    ("plain", "covered"),
    [
        ("身份证号11010519491231002X。", "身份证号**************002X。"),
        ("身份证 110105 1949 1231 002X", "身份证 ****** **** **** 002X"),
        ("旧号 110105491231002 止", "旧号 ***********1002 止"),
        ("电话13812345678", "电话*******5678"),
        ("电话：010-62345678", "电话：***-****5678"),
        ("卡号 6222 0212 3456 7890 123", "卡号 **** **** **** **** 123"),
        ("账号：2010 0123 45", "账号：**** ***3 45"),
        ("姓名：张三丰 性别：男", "姓名：张** 性别：男"),
        ("姓 名: 欧阳明日", "姓 名: 欧***"),
        ("住址：北京市朝阳区建国路1号", "住址：北**********"),
        ("出院诊断：高血压三级；医嘱", "出院诊断：*****；医嘱"),
    ],
)
def test_private_words_are_covered_where_they_stand(plain, covered):
    assert over(plain) == covered


@pytest.mark.parametrize(
    "plain", ["J001-ZY·YB·CBGR·2026·D100-000001", "总费用 12345.67 元", "2026年3月1日", "发票号 12345678901234567890"]
)
def test_what_tells_no_person_stays(plain):
    assert over(plain) == plain


@given(st.text(alphabet="张三丰姓名：诊断地址0123456789X -\n，", max_size=80))
def test_no_place_moves(text):
    covered = over(text)
    assert len(covered) == len(text)
    assert all(new in {old, "*"} for old, new in zip(text, covered, strict=True))


def test_an_illness_does_not_show_its_length():
    assert mask_words("高血压") == mask_words("慢性阻塞性肺疾病急性加重")
