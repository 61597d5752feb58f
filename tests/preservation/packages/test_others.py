"""E-ARK packages, EEP and OCFL with their typical defects; media that would do harm."""

import io
import re
import shutil
import tarfile
import zipfile

import pytest

from yidang.preservation.packages import read_package, validate

from .made import CONTENT, made

FORMS = ("bagit", "eark", "eep")


def codes(path, form) -> set[str]:
    verdict = validate(path)
    assert verdict.form == form
    return {one.code for one in verdict.errors}


@pytest.fixture
def eark(tmp_path):
    return made("eark", tmp_path / "package")


def edit(path, before: str, after: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert re.search(before, text), before
    path.write_text(re.sub(before, after, text, count=1), encoding="utf-8")


DEFECTS = {
    "CSIP1": (r' OBJID="package"', ""),
    "CSIP2": (r" TYPE='Mixed'", " TYPE='Nonsense'"),
    "CSIP6": (r' PROFILE="[^"]*"', ""),
    "CSIP7": (r" CREATEDATE='[^']*'", ""),
    "CSIP9": (r"OAISPACKAGETYPE='AIP'", "OAISPACKAGETYPE='ZIP'"),
    "CSIP10": (r"(?s)<agent.*</agent>", ""),
    "CSIP11": (r"ROLE='CREATOR'", "ROLE='EDITOR'"),
    "CSIP14": (r"<name>yidang</name>", ""),
    "CSIP15": (r"<note.*?</note>", ""),
    "CSIP16": (r"SOFTWARE VERSION", "VERSION"),
    "CSIP117": (r"(?s)<metsHdr.*</metsHdr>", ""),
    "CSIP18": (r"<dmdSec ID='[^']*'", "<dmdSec"),
    "CSIP22": (r"<mdRef LOCTYPE='URL'", "<mdRef LOCTYPE='URN'"),
    "CSIP25": (r"MDTYPE='DC'", ""),
    "CSIP27": (r"(MDTYPE='DC' MIMETYPE=\"[^\"]*\") SIZE=\"\d+\"", r'\1 SIZE="1"'),
    "CSIP29": (r"(MDTYPE='DC'[^>]*) CHECKSUM=\"[0-9a-f]{2}", r'\1 CHECKSUM="zz'),
    "CSIP30": (r"(MDTYPE='DC'[^>]*) CHECKSUMTYPE='SHA-512'", r"\1"),
    "CSIP39": (r"MDTYPE='PREMIS'", ""),
    "CSIP59": (r"<fileSec ID='[^']*'", "<fileSec"),
    "CSIP60": (r"USE=\"Documentation\"", 'USE="Papers"'),
    "CSIP68": (r"(<file ID='[^']*') MIMETYPE=\"[^\"]*\"", r"\1"),
    "CSIP71": (r"(<file [^>]*) CHECKSUM=\"[^\"]*\"", r'\1 CHECKSUM="00"'),
    "CSIP72": (r"(<file [^>]*) CHECKSUMTYPE='SHA-512'", r"\1 CHECKSUMTYPE='SHA512'"),
    "CSIP79": (r"(<FLocat [^>]*)href=\"[^\"]*\"", r'\1href="documentation/none"'),
    "CSIP80": (r"(?s)<structMap.*</structMap>", ""),
    "CSIP81": (r"TYPE='PHYSICAL'", "TYPE='LOGICAL'"),
    "CSIP82": (r"LABEL='CSIP'", "LABEL='MAP'"),
    "CSIP88": (r"LABEL='Metadata'", "LABEL='Metadaten'"),
    "CSIP108": (r" xlink:title='[^']*'", ""),
    "CSIP109": (r"<mptr[^>]*/>", ""),
    "CSIP110": (r"(<mptr [^>]*)href=\"[^\"]*\"", r'\1href="representations/none/METS.xml"'),
    "CSIP116": (r"(?<=LABEL=\"Documentation\"><fptr FILEID=')[^']*", "nowhere"),
}


@pytest.mark.parametrize("code", DEFECTS)
def test_each_requirement_has_its_number(eark, code):
    edit(eark / "METS.xml", *DEFECTS[code])
    assert code in codes(eark, "eark")


def test_a_good_package_has_no_finding(eark):
    verdict = validate(eark)
    assert (verdict.errors, verdict.warnings) == ((), ())


def test_what_leads_out_or_is_no_xml_is_refused(eark):
    edit(eark / "METS.xml", r"(<FLocat [^>]*)href=\"[^\"]*\"", r'\1href="../../etc/passwd"')
    assert "CSIP79" in codes(eark, "eark")
    (eark / "METS.xml").write_text('<!DOCTYPE m [<!ENTITY a SYSTEM "file:///etc/passwd">]><mets>&a;</mets>')
    assert codes(eark, "eark") == {"CSIPSTR4"}
    (eark / "METS.xml").unlink()
    assert codes(eark, "eark") == {"CSIPSTR4"}


def test_recommendations_are_warnings(eark):
    (eark / "documentation" / "loose.txt").write_text("x")
    edit(eark / "METS.xml", r' OBJID="package"', ' OBJID="other"')
    verdict = validate(eark)
    assert {one.code for one in verdict.warnings} >= {"CSIP1", "CSIP58"}


EEP_DEFECTS = {
    "eep_element_missing": ("<版本>2009</版本>", ""),
    "eep_version_unknown": ("<版本>2009</版本>", "<版本>2010</版本>"),
    "eep_number_twice": ("<文档标识符>文档2</文档标识符>", "<文档标识符>文档1</文档标识符>"),
    "eep_size_wrong": (r"<计算机文件大小>\d+<", "<计算机文件大小>7<"),
    "eep_digest_wrong": (r'(<校验码 算法="SHA-512">)..', r"\g<1>zz"),
    "eep_digest_unknown": ('算法="SHA-512"', '算法="CRC"'),
    "eep_base64_wrong": (r"<编码数据>....", "<编码数据>!!!"),
    "eep_signature_wrong": ("<封装包创建单位>某", "<封装包创建单位>另"),
    "eep_root": ("standards/ERM/encapsulation", "standards/other"),
    "eep_doctype": (r"(\?>)", r"\1<!DOCTYPE x>"),
    "eep_not_xml": ("</电子文件封装包>", ""),
    "eep_path_unsafe": (r"(?s)<编码数据>.*?</编码数据>", '<编码数据 引用="../x"/>'),
    "eep_file_missing": (r"(?s)<编码数据>.*?</编码数据>", '<编码数据 引用="x"/>'),
}


@pytest.mark.parametrize("code", EEP_DEFECTS)
def test_each_defect_of_an_eep_has_its_code(tmp_path, code):
    folder = made("eep", tmp_path / "package")
    edit(folder / "eep.xml", *EEP_DEFECTS[code])
    assert code in codes(folder, "eep")


def test_a_large_file_of_an_eep_stands_beside_it(tmp_path, monkeypatch):
    monkeypatch.setattr("yidang.preservation.packages.eep.writing.INLINE", 100)
    folder = made("eep", tmp_path / "package")
    beside = folder / "original" / "0001.jpg"
    assert beside.is_file()
    assert codes(folder, "eep") == set()
    with read_package(folder) as (parcel,):
        assert {piece.name: piece.read() for piece in parcel.pieces} == {k: v for k, (_, v) in CONTENT.items()}
    beside.write_bytes(b"x" * beside.stat().st_size)
    assert codes(folder, "eep") == {"eep_digest_wrong"}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("medium", ["zip", "tar", "gztar"])
def test_packed_is_judged_and_read_as_laid_out(tmp_path, form, medium):
    folder = made(form, tmp_path / form / "package")
    packed = shutil.make_archive(str(tmp_path / "packed"), medium, folder.parent, "package")
    assert codes(tmp_path / packed, form) == set()
    with read_package(tmp_path / packed) as (parcel,):
        assert {piece.name: piece.read() for piece in parcel.pieces} == {k: v for k, (_, v) in CONTENT.items()}
        assert parcel.code


def zipped(path, entries):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries:
            archive.writestr(name, data)
    return path


def test_media_that_would_do_harm(tmp_path):
    bag = [("b/bagit.txt", b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n")]
    found = {
        "package_entry_unsafe": zipped(tmp_path / "slip.zip", [*bag, ("b/../../evil", b"x")]),
        "package_entry_twice": zipped(tmp_path / "twice.zip", [*bag, ("b/data/a", b"x"), ("b/data//a", b"y")]),
        "package_bomb": zipped(tmp_path / "bomb.zip", [*bag, ("b/data/a", bytes(80 * 1024 * 1024))]),
    }
    with tarfile.open(tmp_path / "link.tar", "w") as archive:
        for name, data in bag:
            member = tarfile.TarInfo(name)
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
        link = tarfile.TarInfo("b/data/link")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    found["package_entry_link"] = tmp_path / "link.tar"
    for code, path in found.items():
        assert code in {one.code for one in validate(path).errors}, code
    assert not (tmp_path / "evil").exists()


def test_what_is_no_package_says_so(tmp_path):
    (tmp_path / "a.txt").write_text("x")
    for path in (tmp_path / "a.txt", tmp_path):
        verdict = validate(path)
        assert (verdict.form, [one.code for one in verdict.errors]) == ("unknown", ["package_unknown"])
        assert verdict.errors[0].message("zh") != verdict.errors[0].message("en")


def test_a_cut_archive_is_damaged(tmp_path):
    folder = made("bagit", tmp_path / "x" / "package")
    packed = shutil.make_archive(str(tmp_path / "p"), "gztar", folder.parent, "package")
    data = (tmp_path / packed).read_bytes()
    (tmp_path / "cut.tar.gz").write_bytes(data[: len(data) // 2])
    assert "package_unreadable" in {one.code for one in validate(tmp_path / "cut.tar.gz").errors}
