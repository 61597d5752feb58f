"""Searching as a member of staff does it, over filed records."""

import pytest

from yidang.access import search as search_module
from yidang.access.feeding import catch_up
from yidang.holdings import operations
from yidang.holdings.changes import note_changes
from yidang.holdings.models import ItemScope
from yidang.identity.policy import SYSTEM
from yidang.kernel.errors import NotAllowed
from yidang.ledger.models import LedgerEntry

from .records import ADMIN, archive, ask, draft, found, reader

pytestmark = pytest.mark.usefixtures("scheme")


def test_exact_result_sets_for_chinese():
    archive(
        draft("高血压门诊用药保障", title="甲"),
        draft("压血高门诊", title="乙"),
        draft("高血\n压二级", title="丙"),
        draft("高血、压力", title="丁"),
        draft("血压高", title="戊"),
        draft("中国人 国人民", title="己"),
        draft("中国人民", title="庚"),
    )
    assert found("高血压") == ["丙", "甲"]
    assert found("压血高") == ["乙"]
    assert found("血压高") == ["戊"]
    assert found("高压血") == []
    assert found("中国人民") == ["庚"]
    assert found('"国人民"') == ["己", "庚"]
    assert found("高血压 门诊") == ["甲"]
    assert found("门诊 -用药") == ["乙"]
    assert found("中国 -中国人民") == ["己"]
    assert found("") == ["丁", "丙", "乙", "己", "庚", "戊", "甲"]


def test_latin_and_digits_in_any_width():
    archive(
        draft("行ＣＴ检查，诊断 I10.x00 高血压，共 1,234.50 元", title="甲"),
        draft("ct 检查 2024年10月5日 B超", title="乙"),
        draft("检查CT 2024年5月10日 12345 50", title="丙"),
    )
    assert found("ct检查") == ["乙", "甲"]
    assert found("２０２４年１０月５日") == ["乙"]
    assert found("I10") == ["甲"]
    assert found("i10.X00") == ["甲"]
    assert found("1234.50") == ["甲"]
    assert found("1,234.50元") == ["甲"]
    assert found("234") == []
    assert found("B超") == ["乙"]
    assert found("12345") == ["丙"]


def test_a_phrase_does_not_run_from_page_to_page_nor_from_field_to_field():
    archive(draft("住院", "费用", title="结算", unit_name="清单公司"))
    assert found("住院费用") == []
    assert found("结算清单") == []
    assert found("清单公司") == ["结算"]


def test_a_hit_shows_its_page_its_words_and_its_title():
    archive(draft("首页", "患者因高血\n压入院，身份证号 11010519491231002X，电话13800138000", title="出院小结"))
    (hit,) = ask("高血压").hits
    assert (hit.title, hit.page) == ("出院小结", 2)
    assert [part.text for part in hit.snippet if part.is_match] == ["高血 压"]
    assert "患者因" in hit.snippet_text
    assert "110105" not in hit.snippet_text
    assert "13800" not in hit.snippet_text


def test_a_word_of_the_description_is_found_and_named():
    archive(draft("正文", title="慢特病认定", diagnosis="系统性红斑狼疮"))
    (hit,) = ask("红斑狼疮").hits
    assert (hit.page, hit.field) == (None, "diagnosis")


def test_people_are_found_as_a_whole_by_name():
    archive(
        draft("姓名 王小明 性别男", title="王小明参保登记表", person_name="王小明"),
        draft("王小明亮", title="乙"),
        draft("经办 王 小 明", title="丙", person_name="王小明、买买提·吐尔逊"),
    )
    assert found("王小明") == ["丙", "乙", "王**参保登记表"]
    assert found("姓名:王小明") == ["丙", "王**参保登记表"]
    assert found("name:买买提•吐尔逊") == ["丙"]
    assert found("小明") == ["乙"]
    (hit,) = ask("姓名:王小明 性别").hits
    assert [part.text for part in hit.snippet if part.is_match] == ["王**", "性别"]


def test_a_title_with_a_name_in_it_is_found_as_it_is_written():
    archive(
        draft("正文", title="王小明参保登记表", person_name="王小明"),
        draft("参保登记表 王小明", title="乙", person_name="王小明"),
        draft("王小明参保登记表", title="丙"),
    )
    assert found("王小明参保登记表") == ["丙", "王**参保登记表"]
    assert found("王小明参保") == ["丙", "王**参保登记表"]
    assert found('"登记表 王小明"') == ["乙"]
    assert found("李小明参保登记表") == []


def test_id_numbers_and_phones_need_a_permission():
    archive(
        draft("身份证 11010519491231002X", title="甲", id_number="11010519491231002X", phone="13800138000"),
        draft("公民身份号码:110105 1949 1231 002X 电话 138 0013 8000", title="乙"),
    )
    assert found("11010519491231002x") == ["乙", "甲"]
    assert found("电话:138-0013-8000") == ["乙", "甲"]
    for text in ("11010519491231002X", '"身份证 11010519491231002X"', "手机:13800138000", "-13800138000"):
        with pytest.raises(NotAllowed) as refused:
            ask(text, reader("cbg"))
        assert refused.value.code == "id_number_search_not_allowed"


def test_a_reference_code_and_a_document_number():
    first, second = archive(draft("甲", title="甲文"), draft("乙", title="乙文", document_number="浙医保〔2024〕12号"))
    assert found(first.reference_code) == ["甲文"]
    assert found(second.reference_code.lower().replace("·", ".")) == ["乙文"]
    assert found("浙医保[2024]12号") == ["乙文"]
    assert found("文号:浙医保（2024）12号") == ["乙文"]


def test_filters_and_facets():
    archive(
        draft("审核 材料", title="甲", year=2024, series="DYJS", formed_on="2024-05-06"),
        draft("审核 材料", title="乙", year=2023, series="DYJS", formed_on="2023-05-06"),
        draft("审核 材料", title="丙", year=2024, series="CBGR", formed_on="2024-07-06"),
    )
    assert found("审核", year="2024") == ["丙", "甲"]
    assert found("审核", year=["2024", "2023"], series="DYJS") == ["乙", "甲"]
    assert found("审核 日期:2024-05") == ["甲"]
    assert found("", to="2024-06") == ["乙", "甲"]
    facets = ask("审核", year="2024").facets
    assert facets["series"] == {"DYJS": 1, "CBGR": 1}
    assert facets["state"] == {"filed": 2}
    assert facets["seal"] == {"no": 2}


def test_newest_first_and_in_pages():
    archive(*(draft(f"材料 第{n:02d}号", title=f"{n:02d}") for n in range(5)))
    titles = [hit.title for page in "123" for hit in ask("材料", size="2", page=page).hits]
    assert sorted(titles) == ["00", "01", "02", "03", "04"]
    assert ask("材料", size="2", page="3").total == 5
    assert not ask("材料", size="2", page="3").has_more
    assert ask("材料", size="2", page="2").has_more


def test_nothing_the_asker_may_not_see():
    archive(
        draft("审核 材料", title="甲", series="CBGR"),
        draft("审核 材料", title="乙", series="DYJS"),
    )
    assert found("审核", reader("cbg")) == ["甲"]
    assert found("审核", reader("dyg")) == ["乙"]
    assert ask("审核", reader("dyg")).facets["series"] == {"DYJS": 1}
    assert found("审核", reader("cwg")) == []
    with pytest.raises(NotAllowed):
        ask("审核", ADMIN)


def test_what_was_moved_out_of_sight_is_not_counted_even_before_the_index_knows():
    (item, _) = archive(draft("审核 材料", title="甲"), draft("审核 材料", title="乙"))
    ItemScope.objects.filter(item=item).update(value="dyg")
    note_changes([item.pk])
    results = ask("审核", reader("cbg"))
    assert ([hit.title for hit in results.hits], results.total, results.total_exact) == (["乙"], 1, True)
    assert results.facets["series"] == {"CBGR": 1}
    catch_up()
    assert found("审核", reader("dyg")) == ["甲"]


def test_many_candidates_are_proved_where_they_are_shown(monkeypatch):
    monkeypatch.setattr(search_module, "PROVED_AT_ONCE", 2)
    archive(
        *(draft("中国人民", title=f"真{n}") for n in range(3)),
        draft("中国人 国人民", title="假"),
    )
    results = ask("中国人民")
    assert sorted(hit.title for hit in results.hits) == ["真0", "真1", "真2"]
    assert not results.total_exact
    assert ask("中国人", size="1").total_exact


def test_one_ledger_row_for_a_search():
    archive(draft("王小明", title="甲", person_name="王小明"), draft("王小明", title="乙"))
    before = set(LedgerEntry.objects.values_list("pk", flat=True))
    ask("王小明", size="1")
    (row,) = LedgerEntry.objects.exclude(pk__in=before)
    assert row.action == "search.performed"
    assert b'"shown":1' in bytes(row.entry)
    assert "王小明".encode() not in bytes(row.entry) + bytes(row.private)


def test_drafts_are_searchable_while_the_batch_is_read():
    catch_up()
    (item,) = operations.create_drafts(SYSTEM, [draft("慢性病 申请", title="待确认")])
    catch_up()
    (hit,) = ask("慢性病").hits
    assert hit.reference_code == item.working_number
    assert ask("慢性病").facets["state"] == {"reading": 1}
    assert found("慢性病", reader("cbg")) == []
    operations.file_items(SYSTEM, [item.pk])
    catch_up()
    assert ask("慢性病").facets["state"] == {"filed": 1}
