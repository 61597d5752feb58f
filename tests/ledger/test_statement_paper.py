"""On paper: a phone reads the code, and a stranger's PDF reader holds the signature good without a network."""

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from uuid import UUID

import pikepdf
import pypdfium2
import pytest
import zxingcpp
from asn1crypto import crl as asn1_crl
from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from ledger.outside import served
from ledger.test_time_stamps import Authority
from yidang.kernel.errors import Unavailable
from yidang.ledger.operations import sequence
from yidang.ledger.sequencing import ledger_folder
from yidang.ledger.statements.checking import check
from yidang.ledger.statements.operations import Statement, issue
from yidang.ledger.statements.paper.certificates import identity
from yidang.ledger.statements.paper.codes import qr
from yidang.ledger.statements.paper.drawing import use_font, wrapped
from yidang.ledger.statements.paper.making import signed_pdf
from yidang.ledger.statements.proving import FileChecker

BASE = "https://archive.example-bureau.gov.cn"
CLAIMS = {"reference_code": "J001-ZYJS·2026-D30-0001", "version": 2, "since": 1_790_000_000}


@pytest.fixture
def statement(log: object, append: Callable[[int], list[UUID]]) -> Statement:
    entry = append(2)[1]
    sequence()
    made = issue(kind="unchanged/1", claims=CLAIMS, ledger_entry=entry, actor="u1")
    sequence()
    return made


def validated(pdf: bytes, who, *, crls: bool = True):
    roots = [asn1_x509.Certificate.load(who.chain[-1].public_bytes(Encoding.DER))]
    known = [asn1_crl.CertificateList.load(one) for one in who.crls] if crls else []
    context = ValidationContext(trust_roots=roots, crls=known, allow_fetching=False)
    return validate_pdf_signature(PdfFileReader(BytesIO(pdf)).embedded_signatures[0], context)


def test_the_pdf_is_signed_and_every_change_to_it_shows(statement):
    pdf = signed_pdf(statement, base=BASE)
    status = validated(pdf, identity())
    assert status.bottom_line
    at = pdf.index(b"/MediaBox")
    broken = pdf[: at + 12] + bytes([pdf[at + 12] ^ 1]) + pdf[at + 13 :]
    assert not validated(broken, identity()).bottom_line


def test_the_revocation_list_is_inside_for_a_reader_without_a_network(statement):
    with pikepdf.open(BytesIO(signed_pdf(statement, base=BASE))) as pdf:
        assert len(pdf.Root.DSS.CRLs) == 1
        assert len(pdf.Root.DSS.Certs) >= 2


def test_the_code_is_read_from_the_printed_sheet_and_holds(statement):
    page = pypdfium2.PdfDocument(signed_pdf(statement, base=BASE))[0]
    found = zxingcpp.read_barcodes(page.render(scale=150 / 72).to_pil())
    assert found[0].text.startswith(BASE + "/check/#")
    assert check(found[0].text).holds


def test_the_code_stays_small_enough_for_a_phone(statement):
    assert int(qr(statement.data, BASE).version) <= 12
    assert qr(statement.data, BASE).error == "M"


def test_chinese_is_embedded_and_can_be_copied(statement):
    pdf = signed_pdf(statement, base=BASE)
    text = pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_bounded()
    assert "未变动证明" in text
    assert "没有任何变动" in text
    assert statement.number in text
    with pikepdf.open(BytesIO(pdf)) as opened:
        fonts = opened.pages[0].Resources.Font
        assert all("/FontFile2" in font.FontDescriptor for font in fonts.values())


def test_the_attachment_proves_it_without_the_archive(statement):
    with pikepdf.open(BytesIO(signed_pdf(statement, base=BASE))) as pdf:
        attached = json.loads(pdf.attachments["statement.json"].get_file().read_bytes())
    assert FileChecker(ledger_folder().public_keys()).problem(attached) == ""


def test_the_houses_certificate_is_made_once_and_its_keys_are_sealed(statement, home):
    first, second = identity(), identity()
    assert first.certificate == second.certificate
    keys = list((home / "ledger-keys").glob("statement-*.key"))
    assert len(keys) == 2
    for path in keys:
        assert path.stat().st_mode & 0o777 == 0o600
        assert b"PRIVATE KEY" not in path.read_bytes()
        assert first.key_der not in path.read_bytes()


def test_a_given_certificate_is_used(statement, home, tmp_path, settings):
    own = identity()
    pem = own.certificate.public_bytes(Encoding.PEM) + own.chain[0].public_bytes(Encoding.PEM)
    pem += own.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (tmp_path / "given.pem").write_bytes(pem)
    settings.YIDANG = replace(settings.YIDANG, statement_certificate=str(tmp_path / "given.pem"))
    assert validated(signed_pdf(statement, base=BASE), replace(own, crls=()), crls=False).intact
    settings.YIDANG = replace(settings.YIDANG, statement_certificate=str(tmp_path / "absent.pem"))
    with pytest.raises(Unavailable, match="certificate_unreadable"):
        signed_pdf(statement, base=BASE)


def test_words_wrap_within_the_line():
    use_font()
    rows = wrapped("档案" * 60 + " https://archive.example.cn/check/ 完", 10, 200)
    assert "".join(rows).replace(" ", "").startswith("档案" * 60)
    assert any("https://archive.example.cn/check/" in row for row in rows)


def test_a_timestamp_is_asked_for_where_one_is_set_up(statement, tmp_path, settings):
    if not shutil.which("openssl"):
        pytest.skip("NO OPENSSL: the authority of this test is made by it")
    with served(Authority(tmp_path / "tsa")) as url:
        settings.YIDANG = replace(settings.YIDANG, timestamp_url=url)
        pdf = signed_pdf(statement, base=BASE)
    status = validated(pdf, identity())
    assert status.intact
    assert status.timestamp_validity.intact


def test_a_silent_timestamp_service_is_named(statement, settings):
    settings.YIDANG = replace(settings.YIDANG, timestamp_url="http://127.0.0.1:9/")
    with pytest.raises(Unavailable, match="timestamp_unavailable"):
        signed_pdf(statement, base=BASE)
