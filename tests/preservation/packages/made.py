"""A small parcel, and packages of every form made of it."""

import io
from pathlib import Path

from yidang.crypto.signatures import Algorithm, generate
from yidang.preservation.packages.making import write_package
from yidang.preservation.packages.parcel import (
    DESCRIPTION,
    ORIGINAL,
    PROVENANCE,
    READING,
    TEXT,
    Element,
    Happening,
    Parcel,
    Piece,
)

AT = "2026-11-22T08:00:00+00:00"
PICTURE = bytes(range(256)) * 40
CONTENT = {
    "original/0001.jpg": (ORIGINAL, PICTURE),
    "text/0001.txt": (TEXT, "高血压\n二级 & <三级>".encode()),
    "text/0001.json": (READING, b"[]"),
    "description.json": (DESCRIPTION, b'{"format":"x"}'),
    "provenance.json": (PROVENANCE, b"{}"),
}


class Key:
    name = "某市医保中心"

    def __init__(self) -> None:
        self._key = generate(Algorithm.SM2)
        self.public = self._key.public

    def sign(self, message: bytes) -> bytes:
        return self._key.sign(message)


KEY = Key()


def parcel(content=CONTENT, title="门诊“报销” & <单>") -> Parcel:
    pieces = [
        Piece(
            role, name, "image/jpeg" if name.endswith("jpg") else "text/plain", len(data), opener(data), puid="fmt/44"
        )
        for name, (role, data) in content.items()
    ]
    return Parcel(
        id="urn:uuid:6f1c5d1e-0000-4000-8000-000000000001",
        code="Z001-ZY·YB·DYMZ-2014-D10-0001",
        title=title,
        creator="某市医保中心",
        created=AT,
        pieces=pieces,
        elements=[
            Element("M8", "档号", "", "Z001-1"),
            Element("M11", "年度", "档号", "2014"),
            Element("M22", "题名", "内容描述", title),
            Element("M32", "责任者", "内容描述", "张某"),
        ],
        happenings=[Happening("ingestion", AT, "system:intake", "original/1", "accession 7")],
    )


def opener(data: bytes):
    return lambda: io.BytesIO(data)


def made(form: str, folder: Path, **values) -> Path:
    folder.mkdir(parents=True)
    write_package(parcel(**values), folder, form, signer=KEY)
    return folder
