"""Run as a child with little memory: spoils real files and hands them to every parser; prints what broke.

`python spoiling.py PARSER COUNT SEED` ends with 0 when each spoiled file was read or refused with a domain error.
"""

import importlib.util
import io
import random
import resource
import shutil
import signal
import sys
import traceback
import zlib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

MEMORY = (
    3 << 30
)  # address space of the child, with engines loaded: a bomb ends in MemoryError, not in the machine's end
SECONDS = 20

Parse = Callable[[bytes], object]


def _pages(media_type: str) -> Parse:
    from yidang.intake.reading.pages import load_pages

    def parse(data: bytes) -> None:
        pages = load_pages(io.BytesIO(data), media_type)
        for number in range(min(len(pages), 2)):
            pages[number].own_lines()
            pages[number].render(300)

    return parse


def _zip(data: bytes) -> None:
    from yidang.intake.unfold import archive

    with archive.opened(io.BytesIO(data)) as opened:
        for member in archive.members(opened):
            if not member.problem:
                for _ in archive.read(opened, member):
                    pass


def _identify(data: bytes) -> None:
    from yidang.intake.formats.identification import Source, identify
    from yidang.intake.formats.integrity import check_whole

    source = Source.of_bytes(data)
    check_whole(source, identify(source).family)


def _sheet(data: bytes) -> None:
    from yidang.intake.unfold.sheets import read_sheet

    read_sheet(data)


def _statement(data: bytes) -> None:
    from yidang.ledger.statements import addresses, cbor, cose

    for parse in (cbor.decode, cose.parse, lambda raw: addresses.data_of(raw.decode("latin-1"))):
        try:
            parse(data)
        except ValueError:
            continue


def _share(data: bytes) -> None:
    from yidang.crypto.shares import read_share, recover_root

    read_share(data.decode("latin-1"))
    recover_root([data.decode("latin-1")])


def _note(data: bytes) -> None:
    from yidang.ledger import cosigning, notes

    text = data.decode("latin-1")
    for parse in (
        notes.parse_checkpoint,
        notes.parse_public_keys,
        cosigning.parse_cosignature,
        cosigning.parse_cosigner,
    ):
        try:
            parse(text)
        except ValueError:
            continue


def _copies(data: bytes) -> None:
    """What a run of the backup wrote down, as it comes out of its seal."""
    from types import SimpleNamespace

    from yidang.kernel.errors import Invalid
    from yidang.preservation.copies import manifest

    for pack in (lambda raw: raw, zlib.compress):
        deposit: Any = SimpleNamespace(read=lambda _name, pack=pack: pack(data))
        for parse in (manifest.read_run, manifest.read_list, manifest.read_tree):
            with suppress(Invalid):
                parse(deposit, "x")


def _own_json(data: bytes) -> None:
    """Inventories of the store, and the register of the keys."""
    from yidang.crypto import register
    from yidang.kernel.errors import DomainError
    from yidang.preservation import inventory

    for parse in (inventory.decode, register.decode):
        with suppress(DomainError):
            parse(data)


def _json_body(data: bytes) -> None:
    """What a browser's script posts."""
    from django.test import RequestFactory

    from yidang.identity.views import body
    from yidang.intake.views.accessions import _parcel
    from yidang.kernel.errors import Invalid

    with suppress(Invalid):
        body(RequestFactory().post("/", data, content_type="application/json"))
    heading = len(data).to_bytes(4, "big") + data
    for sent in (data, heading):
        with suppress(Invalid):
            _parcel(RequestFactory().post("/", sent, content_type="application/octet-stream"))


def _package(data: bytes) -> None:
    from yidang.preservation.packages.judging import validate

    path = Path("spoiled.zip")
    path.write_bytes(data)
    validate(path)


def _dispute() -> Parse:
    """The stranger's own program, with a manifest that somebody spoiled: findings, never a traceback."""
    folder = Path("dispute")
    folder.mkdir(exist_ok=True)
    source = Path(__file__).resolve().parents[2] / "src" / "yidang"
    shutil.copy(source / "access/dispute/data/verify.py", folder)
    shutil.copy(source / "ledger/verifier.py", folder)
    spec = importlib.util.spec_from_file_location("verify_of_dispute", folder.resolve() / "verify.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)

    def parse(data: bytes) -> None:
        (folder / "manifest.json").write_bytes(data)
        assert module.check(None, None).problems

    return parse


def _qr_code(data: bytes) -> None:
    """A picture with a code that says anything at all, as a camera sees it."""
    import segno

    from yidang.ledger.statements import addresses

    sink = io.BytesIO()
    segno.make(data[:900] or b"x", micro=False).save(sink, kind="png", scale=3)
    _pages("image/png")(sink.getvalue())
    with suppress(ValueError):
        addresses.data_of(data.decode("latin-1"))


PARSERS: dict[str, tuple[tuple[str, ...], Callable[[], Parse]]] = {
    "pdf": ((".pdf",), lambda: _pages("application/pdf")),
    "tiff": ((".tif", ".tiff"), lambda: _pages("image/tiff")),
    "jpeg": ((".jpg", ".jpeg"), lambda: _pages("image/jpeg")),
    "ofd": ((".ofd",), lambda: _pages("application/ofd")),
    "docx": (
        (".docx",),
        lambda: _pages("application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ),
    "zip": ((".zip", ".docx", ".ofd"), lambda: _zip),
    "sheet": ((".csv", ".xls", ".xlsx"), lambda: _sheet),
    "identify": ((".pdf", ".tif", ".jpg", ".ofd", ".docx", ".zip", ".xlsx"), lambda: _identify),
    "statement": ((), lambda: _statement),
    "share": ((), lambda: _share),
    "note": ((), lambda: _note),
    "copies": ((), lambda: _copies),
    "own-json": ((), lambda: _own_json),
    "json-body": ((), lambda: _json_body),
    "package": ((".package",), lambda: _package),
    "dispute": ((), _dispute),
    "qr": ((), lambda: _qr_code),
}


def samples(endings: tuple[str, ...]) -> list[bytes]:
    from yidang.intake.samples.shipped import folder

    found = sorted(path for path in folder().rglob("*") if path.suffix.lower() in endings)
    small = sorted(found, key=lambda path: path.stat().st_size)[:6]
    return [path.read_bytes() for path in small] or [_own(ending) for ending in endings if _own(ending)] or TEXTS


def _own(ending: str) -> bytes:
    sink = io.BytesIO()
    if ending in {".tif", ".tiff"}:
        from PIL import Image

        pages = [Image.new("RGB", (60, 80), (shade, 90, 200)) for shade in (10, 200)]
        pages[0].save(sink, "TIFF", save_all=True, append_images=pages[1:], compression="tiff_deflate")
    elif ending in {".zip", ".docx", ".ofd"}:
        import zipfile

        with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("一/a.txt", "正文" * 200)
            archive.writestr("OFD.xml", "<OFD/>")
    elif ending == ".package":
        import zipfile

        bag = {"bagit.txt": "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n", "data/a.txt": "正文"}
        mets = '<mets xmlns="http://www.loc.gov/METS/" OBJID="x"><fileSec><fileGrp/></fileSec></mets>'
        with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, text in {**bag, "manifest-sha256.txt": "00  data/a.txt\n", "METS.xml": mets}.items():
                archive.writestr("包/" + name, text)
    elif ending == ".csv":
        sink.write("序号,题名,日期\n1,材料,2024-01-01\n".encode("gb18030"))
    elif ending == ".xlsx":
        import openpyxl

        book = openpyxl.Workbook()
        book.active.append(["序号", "题名"])
        book.save(sink)
    return sink.getvalue()


TEXTS = [
    b"\xd2\x84\x43\xa1\x01\x26\xa1\x04\x42\x11\x22\x58\x20" + bytes(32) + b"\x58\x40" + bytes(64),
    b"yidang.local/x\n3\nqg==\n\n\xe2\x80\x94 yidang.local/x AAAAAAAA\n",
    b"YD1-1-3-5-ABCD-EFGH-IJKL-MNOP-QRST",
    b'{"format":"yidang-dispute/1","files":{"a":{"sha256":"00"}},"records":[{"entry":"x"}],"keys":["a"]}',
    b'[["0190a1b2-0000-7000-8000-000000000000","00",["p"]]]',
    b'{"name":"runs/x","started_at":"2026-01-01","lists":{},"trees":{},"path":"a","offset":0,"size":3}',
    b'{"id":"urn:uuid:1","head":"v1","manifest":{"00":["v1/content/a"]},"versions":{"v1":{"state":{}}},"serial":1,"roots":[]}',
]


def spoiled(chance: random.Random, data: bytes) -> bytes:
    """Flipped bits, cut ends, doubled pieces, lengths of all ones: accidents and attacks alike."""
    made = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 8, 40))):
        place = chance.randrange(len(made)) if made else 0
        kind = chance.randrange(6)
        if kind == 0 and made:
            made[place] ^= 1 << chance.randrange(8)
        elif kind == 1:
            del made[place : place + chance.choice((1, 4, 64, 4096))]
        elif kind == 2:
            made[place:place] = made[place : place + chance.choice((1, 16, 1024))]
        elif kind == 3:
            made[place : place + 4] = chance.choice((b"\xff" * 4, bytes(4), b"\x7f\xff\xff\xff", b"\x00\x00\x00\x80"))
        elif kind == 4:
            made[place:place] = chance.randbytes(chance.randrange(1, 32))
        elif chance.random() < 0.2:
            del made[place:]
    return bytes(made)


def late(*_: object) -> None:
    raise TimeoutError("hang")


def main(parser: str, count: int, seed: int) -> int:
    import django

    django.setup()
    from yidang.kernel.errors import DomainError

    endings, make = PARSERS[parser]
    parse, originals = make(), samples(endings)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    signal.signal(signal.SIGALRM, late)
    broken = refused = 0
    for number in range(count):
        chance = random.Random(f"{parser}/{seed}/{number}")
        data = spoiled(chance, chance.choice(originals))
        signal.alarm(SECONDS)
        try:
            parse(data)
        except DomainError:
            refused += 1
        except BaseException:  # noqa: BLE001 - whatever it is, it is what we look for
            broken += 1
            Path(f"{parser}-{seed}-{number}.bad").write_bytes(data)
            if broken < 4:
                print(f"{parser} {seed} {number}: {traceback.format_exc()[-1500:]}")
        finally:
            signal.alarm(0)
    print(f"COUNT {count} REFUSED {refused} BROKEN {broken}")
    return min(broken, 1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))
