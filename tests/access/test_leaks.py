"""What a thief of the disk can read with `strings` and `grep -a`: nothing of any record."""

from pathlib import Path

import pytest
from django.db import connection

from yidang.access.page_images import page_image
from yidang.identity.reach import as_owner

from .pictures import scan
from .records import ARCHIVIST, archive, ask, draft

NAME, OTHER_NAME = "欧阳泄露甲", "司徒泄露乙"
ID_NUMBER, PHONE = "11010519491231002X", "13912345678"
SECRETS = {
    "a name": NAME,
    "a name in another record's text": OTHER_NAME,
    "a title": "泄露检查登记表",
    "a word of the text": "泄露检查用药",
    "two characters of it": "泄露",
    "a diagnosis": "泄露性红斑",
    "an ID number": ID_NUMBER,
    "a phone": PHONE,
    "an amount": "98765.43",
    "a document number": "泄医保〔2024〕77号",
    "a file name": "扫描.jpg",
    "a Latin word": "leakmarker",
}


@pytest.fixture(name="item")
def _item(scheme):
    text = f"{OTHER_NAME} 泄露检查用药 leakmarker 98765.43 电话{PHONE} {ID_NUMBER}"
    (item,) = archive(
        draft(
            text,
            title=f"{NAME}泄露检查登记表",
            person_name=NAME,
            id_number=ID_NUMBER,
            phone=PHONE,
            diagnosis="泄露性红斑",
            document_number="泄医保〔2024〕77号",
            data=scan(),
        )
    )
    for query in (NAME, "泄露检查用药", ID_NUMBER):
        assert ask(query).total == 1
    page_image(ARCHIVIST, item, 1, 800).jpeg()
    return item


def holding(folder: Path, needle: bytes) -> list[str]:
    files = (path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    return [path.relative_to(folder).as_posix() for path in files if needle in path.read_bytes()]


def test_nothing_readable_in_the_data_folder(item, home):
    assert (home / "index").is_dir()
    assert (home / "cache").is_dir()
    for what, secret in SECRETS.items():
        assert holding(home, secret.encode()) == [], what


def test_the_index_holds_not_even_reference_codes(item, home):
    assert holding(home / "index", item.reference_code.encode()) == []
    assert holding(home / "index", b"CBGR") != []  # facets are in clear: so reading the files does work


def test_nothing_readable_in_the_database_files(item):
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SHOW data_directory")
        folder = Path(cursor.fetchone()[0])
        cursor.execute("CHECKPOINT")
    if not folder.is_dir():
        pytest.skip("the database server keeps its files elsewhere")
    try:
        present = holding(folder, item.reference_code.encode())
    except PermissionError:
        pytest.skip("the database server's files belong to another user")
    assert present != []  # what is meant to be in clear is found, so reading the files does work
    for what, secret in SECRETS.items():
        assert holding(folder, secret.encode()) == [], what
