"""Descriptions, their fields and their place in DA/T 46."""

import csv
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yidang.holdings.columns import described_columns
from yidang.holdings.description import Description, Field, check, specs
from yidang.holdings.dossier import Dossier, FormerCode, StoredFile, StoredPage, StoredVolume
from yidang.holdings.identifiers import identifiers, normalise
from yidang.holdings.provenance import Event, Provenance, VersionNote
from yidang.kernel.errors import Invalid

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
fields = st.builds(
    Field,
    words | st.integers(0, 10**12),
    st.none() | st.floats(0, 1),
    st.none() | st.integers(1, 500),
    st.none() | st.lists(st.floats(0, 1), min_size=4, max_size=4),
    st.sampled_from(["machine", "person", "catalogue", "default"]),
)
descriptions = st.dictionaries(st.sampled_from(sorted(specs())), fields, max_size=8).map(Description)


@given(descriptions)
def test_a_description_reads_back_as_written(description):
    assert Description.from_json(description.to_json()) == description


@given(descriptions)
def test_no_description_however_read_breaks_the_columns(description):
    try:
        columns = described_columns(description)
    except Invalid as refusal:
        assert refusal.code == "state_secret_refused"  # noqa: PT017 - the other outcome is as good
    else:
        assert columns["security_class"] in {"public", "internal", "sensitive"}
        assert len(columns["institution"]) <= 20
    identifiers(description)


def test_every_mapped_element_stands_in_the_standards_list():
    source = files("yidang.holdings").joinpath("data/dat46_metadata.csv").read_text(encoding="utf-8-sig")
    known = {row[0] for row in csv.reader(source.splitlines())}
    assert {spec.element for spec in specs().values() if spec.element} <= known


@pytest.mark.parametrize(
    ("key", "value", "code"),
    [
        ("colour", "red", "field_unknown"),
        ("formed_on", "2026-02-30", "field_malformed"),
        ("formed_on", "20260228", "field_malformed"),
        ("amount_total", "12.50", "field_malformed"),
        ("amount_total", True, "field_malformed"),
        ("title", 5, "field_malformed"),
        ("title", "字" * 4001, "field_malformed"),
        ("note", "a\x00b", "field_malformed"),
    ],
)
def test_what_no_archivist_means_is_refused_without_repeating_it(key, value, code):
    with pytest.raises(Invalid, match=code) as refusal:
        check(Description({key: Field(value)}))
    assert value not in refusal.value.facts.values()


@pytest.mark.parametrize("written", ["秘密", "机密★10年", "绝密"])
def test_state_secrets_are_refused(written):
    with pytest.raises(Invalid, match="state_secret_refused"):
        described_columns(Description({"security_class": Field(written)}))


def test_several_people_on_one_paper_are_all_found():
    description = Description({"person_name": Field("张三、 李四；王 五"), "phone": Field("138-1234-5678")})
    assert identifiers(description) == {
        ("name", "张三"),
        ("name", "李四"),
        ("name", "王五"),
        ("phone", "13812345678"),
    }


def test_a_document_number_has_one_spelling():
    assert normalise("document_number", "库医保发〔2026〕12号") == normalise("document_number", "库医保发[2026] 12号")


def test_an_old_id_number_finds_the_new_one():
    assert normalise("id_number", "110105491231002") == normalise("id_number", "11010519491231002x")


def dossier(description: Description) -> Dossier:
    return Dossier(
        id="5f0f8b3e-0000-4000-8000-000000000001",
        working_number="W000000001",
        reference_code="J001-ZY·YB·CBGR·2026·D100-000001",
        is_legacy_code=False,
        is_paper_only=False,
        fonds="J001",
        series="CBGR",
        year=2026,
        term="D100",
        document_type="enrolment_person",
        confidence=0.97,
        accession=None,
        created_at="2026-03-01T00:00:00+00:00",
        filed_at="2026-03-01T00:00:01+00:00",
        filed_by="system:intake",
        description=description,
        files=(StoredFile(1, "a.jpg", "fmt/44", "image/jpeg", 5, "00", "ff", 1),),
        pages=(StoredPage("p", 1, 0, True, 1, 2, 200, 0, 0.5, False, True, "ocr", 0.9),),
        aliases=(FormerCode("旧1", True, "2026-03-01T00:00:00+00:00"),),
        volume=StoredVolume("v", "J001-…", {"fields": {}}, "", ""),
    )


@given(descriptions)
def test_a_dossier_reads_back_as_written_and_is_the_same_bytes_again(description):
    one = dossier(description)
    assert Dossier.decode(one.encode()) == one
    assert Dossier.decode(one.encode()).encode() == one.encode()


def test_a_dossier_tells_its_elements_to_who_has_nothing_else():
    text = dossier(Description({"title": Field("张三参保登记表"), "pages": Field(3)})).encode().decode()
    assert '"M22":"张三参保登记表"' in text
    assert '"M43":"1"' in text
    assert '"M8":"J001-ZY·YB·CBGR·2026·D100-000001"' in text


@given(st.binary(max_size=60))
def test_damaged_files_are_named_as_such(data):
    with pytest.raises(Invalid, match="description_damaged"):
        Dossier.decode(data)
    with pytest.raises(Invalid, match="provenance_damaged"):
        Provenance.decode(data)


def test_provenance_reads_back_as_written():
    note = VersionNote(1, "filed", "2026-03-01T00:00:00+00:00", "system:intake", "", "00")
    provenance = Provenance().with_version(note, [Event("ingestion", note.at, note.actor, "original/1")])
    assert Provenance.decode(provenance.encode()) == provenance
