"""A package that tells of its one representation in the root METS alone, as small senders make them."""

import hashlib

import pytest

from yidang.preservation.packages import validate

AT = "2026-11-22T08:00:00"
METADATA = "<div ID='d1' LABEL='Metadata'/>"
CONTENT = "<div ID='d2' LABEL='Representations'><fptr FILEID='g1'/></div>"
DOCUMENTS = "<div ID='d3' LABEL='Documentation'><fptr FILEID='g2'/></div>"


def file(ident: str, path: str, data: bytes) -> str:
    digest = hashlib.md5(data, usedforsecurity=False).hexdigest()
    return (
        f"<file ID='{ident}' MIMETYPE='text/plain' SIZE='{len(data)}' CREATED='{AT}' CHECKSUM='{digest}'"
        f" CHECKSUMTYPE='MD5'><FLocat LOCTYPE='URL' xlink:type='simple' xlink:href='{path}'/></file>"
    )


def mets(parts: str) -> str:
    return f"""<mets xmlns='http://www.loc.gov/METS/' xmlns:csip='https://DILCIS.eu/XML/METS/CSIPExtensionMETS'
 xmlns:xlink='http://www.w3.org/1999/xlink' OBJID='ip' TYPE='Mixed' PROFILE='https://example.org/profile.xml'>
 <metsHdr CREATEDATE='{AT}' csip:OAISPACKAGETYPE='SIP'><agent ROLE='CREATOR' TYPE='OTHER' OTHERTYPE='SOFTWARE'>
  <name>a program</name><note csip:NOTETYPE='SOFTWARE VERSION'>1</note></agent></metsHdr>
 <fileSec ID='f'><fileGrp ID='g1' USE='Representations/rep1' csip:CONTENTINFORMATIONTYPE='MIXED'>
   {file("x1", "representations/rep1/data/a.txt", b"a")}</fileGrp>
  <fileGrp ID='g2' USE='Documentation'>{file("x2", "documentation/b.txt", b"b")}</fileGrp></fileSec>
 <structMap ID='s' TYPE='PHYSICAL' LABEL='CSIP'><div ID='d0' LABEL='ip'>{parts}</div></structMap></mets>"""


@pytest.fixture
def package(tmp_path):
    def make(parts: str = METADATA + CONTENT + DOCUMENTS, **edits: str):
        folder = tmp_path / "ip"
        for path, data in {"representations/rep1/data/a.txt": b"a", "documentation/b.txt": b"b"}.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(data)
        text = mets(parts)
        for before, after in edits.values():
            assert before in text
            text = text.replace(before, after)
        (folder / "METS.xml").write_text(text, encoding="utf-8")
        return folder

    return make


def codes(folder) -> set[str]:
    verdict = validate(folder)
    assert verdict.form == "eark"
    return {one.code for one in verdict.errors}


def test_it_is_valid(package):
    assert codes(package()) == set()


@pytest.mark.parametrize(
    ("code", "before", "after"),
    [
        ("CSIP2", "TYPE='Mixed'", "TYPE='Other'"),
        ("CSIP3", "TYPE='Mixed'", "TYPE='Other' csip:OTHERTYPE='Datasets'"),
        ("CSIP3", "TYPE='Mixed'", "TYPE='Mixed' csip:OTHERTYPE='Manuscripts'"),
        ("CSIP4", "OBJID='ip'", "OBJID='ip' csip:CONTENTINFORMATIONTYPE='nonsense'"),
        ("CSIP5", "OBJID='ip'", "OBJID='ip' csip:CONTENTINFORMATIONTYPE='OTHER'"),
        ("CSIP7", f"CREATEDATE='{AT}'", "CREATEDATE='22.11.2026'"),
        ("CSIP8", f"CREATEDATE='{AT}'", f"CREATEDATE='{AT}' LASTMODDATE='2026-13-01T00:00:00'"),
        ("CSIP15", "</note>", "</note><note>2</note>"),
        ("CSIP62", " csip:CONTENTINFORMATIONTYPE='MIXED'", ""),
        ("CSIP67", "ID='x2'", "ID='2x'"),
        ("CSIP70", f"SIZE='1' CREATED='{AT}'", "SIZE='1' CREATED='yesterday'"),
        ("CSIP104", "<fptr FILEID='g1'/>", ""),
        ("CSIP105", CONTENT, ""),
        ("CSIP116", "<fptr FILEID='g2'/>", "<fptr FILEID='g1'/>"),
        ("CSIP119", "<fptr FILEID='g1'/>", "<fptr FILEID='g2'/>"),
    ],
)
def test_each_clause_by_its_number(package, code, before, after):
    assert code in codes(package(edit=(before, after)))


def test_metadata_that_lie_there_must_be_told_of(package):
    folder = package()
    for name, code in (("descriptive", "CSIP17"), ("preservation", "CSIP31")):
        (folder / "metadata" / name).mkdir(parents=True)
        (folder / "metadata" / name / "one.xml").write_text("<x/>")
        assert code in codes(folder)


def test_a_specification_by_its_version_is_no_nonsense(package):
    said = ("OBJID='ip'", "OBJID='ip' csip:CONTENTINFORMATIONTYPE='citserms_v2_1'")
    assert codes(package(edit=said)) == set()


def test_a_representation_that_the_map_leaves_out_is_remarked(package):
    folder = package()
    (folder / "representations" / "rep2").mkdir()
    (folder / "representations" / "rep2" / "METS.xml").write_text("<mets/>")
    assert "CSIP105" in {one.code for one in validate(folder).warnings}
