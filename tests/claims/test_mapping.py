"""Headings of others: told by an own mapping, or refused with what is lacking."""

import pytest

from settlements import SETTLEMENT
from yidang.claims.importing.files import Given
from yidang.claims.importing.mapping import mapping, nearest, selection, shipped, table_of
from yidang.claims.importing.operations import import_claims
from yidang.claims.importing.readers import sheets as reader
from yidang.claims.models import Settlement
from yidang.claims.sealed import opened
from yidang.kernel.errors import Invalid
from yidang.kernel.texts import say

_HEADINGS = ["BeneID", "ClaimID", "ClaimStartDt", "ClaimEndDt", "Provider", "InscClaimAmtReimbursed"]
_OWN = """
[settlements]
claim = { names = ["ClaimID"] }
person = { names = ["BeneID"] }
provider = { names = ["Provider"] }
settled_at = { names = ["ClaimEndDt"], values = { "NA" = "" } }
visit = { names = ["kind"], fixed = "outpatient" }
total_fen = { yuan = ["InscClaimAmtReimbursed"] }
fund_fen = { yuan = ["InscClaimAmtReimbursed"] }
own_fen = { fixed = "0" }
"""


@pytest.fixture
def own(tmp_path):
    path = tmp_path / "own.toml"
    path.write_text(_OWN, encoding="utf-8")
    return mapping(path)


def test_a_foreign_table_is_told_by_an_own_mapping(own):
    assert table_of(_HEADINGS, shipped()) == ""
    assert table_of(_HEADINGS, own) == "settlements"
    chosen = selection("settlements", _HEADINGS, own)
    assert (chosen["visit"], chosen["own_fen"]) == ("'outpatient'", "'0'")
    assert "InscClaimAmtReimbursed" in chosen["total_fen"]
    assert "InscClaimAmtReimbursed" in chosen["fund_fen"]


def test_a_heading_of_the_sheet_outdoes_what_is_fixed(own):
    assert selection("settlements", [*_HEADINGS, "kind"], own)["visit"] == '"kind"'
    assert nearest(_HEADINGS, own) == ("settlements", [])


def test_headings_nobody_knows_are_told_with_what_is_lacking(tmp_path):
    path = tmp_path / "inpatient.csv"
    path.write_text("结算流水号,总金额,医生\n1,2,3\n", encoding="gbk")
    with pytest.raises(Invalid) as caught:
        reader.read(None, Given(1, path, path.name, "sheet"), None)
    said = say(caught.value.code, "zh", **caught.value.facts)
    assert "settled_at" in said
    assert "inpatient.csv" in said
    assert "总金额" in said


def test_diagnoses_and_operations_beside_a_settlement_become_rows_of_their_own(importer, sheets, tmp_path):
    path = tmp_path / "own.toml"
    path.write_text('[diagnoses]\ncode = { wide = ["Dx_{n}", "其他诊断编码{n}"] }\n', encoding="utf-8")
    told = {"Dx_1": "I10.x00", "其他诊断编码2": "E11.900", "其他诊断编码7": "", "其他诊断编码9": "J18.900"}
    told |= {"手术操作编码1": "45.2300", "手术操作日期1": "2026-03-02 09:00:00"}
    outcome = import_claims(grant=importer, path=sheets(settlements=[SETTLEMENT | told]), mapping=path)
    assert outcome.quarantined == []
    clinical = opened(Settlement.objects.get())
    assert [(one["seq"], one["code"], one["is_main"]) for one in clinical["diagnoses"]] == [
        (1, "I10.x00", True),
        (3, "E11.900", False),
        (5, "J18.900", False),
    ]
    assert [(one["code"], one["at"]) for one in clinical["operations"]] == [("45.2300", "2026-03-02 09:00:00")]
