"""Every defect a folder can bring: a clear message, the file set aside, the rest taken in."""

import io
import os
import stat
import struct
import zipfile
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from yidang.intake.models import FileOutcome, ReceivedFile


def codes(report: dict) -> dict[str, str]:
    return {one["file"]: one["code"] for one in report["quarantined"]}


def accounted(report: dict) -> bool:
    parts = report["accepted"] + report["waiting"] + len(report["duplicates"]) + len(report["quarantined"])
    return parts == report["received"]


def zipped(entries: dict[str, bytes], **options) -> bytes:
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED, **options) as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    return sink.getvalue()


def locked(data: bytes) -> bytes:
    sink = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as document:
        document.save(sink, encryption=pikepdf.Encryption(user="secret", owner="secret"))
    return sink.getvalue()


def animation() -> bytes:
    sink = io.BytesIO()
    frames = [Image.new("L", (40, 40), shade) for shade in (0, 100, 200)]
    frames[0].save(sink, "GIF", save_all=True, append_images=frames[1:])
    return sink.getvalue()


def huge_png() -> bytes:
    from zlib import compress, crc32

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", crc32(name + data))

    rows = compress(b"\0" * (30_000 // 8 + 1) * 30_000, 9)
    head = struct.pack(">IIBBBBB", 30_000, 30_000, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def test_each_bad_file_is_named_with_its_reason(ingest, folder, make, sure):
    tiff = make.picture(kind="TIFF")
    bad = {
        "empty.pdf": (b"", "file_empty"),
        "cut.pdf": (make.pdf(pages=3)[:-400], "file_truncated"),
        "cut.jpg": (make.picture(120)[:-200], "file_truncated"),
        "cut.tif": (tiff[: len(tiff) // 2], "file_truncated"),
        "locked.pdf": (locked(make.pdf("locked")), "file_password"),
        "huge.png": (huge_png(), "page_too_large"),
        "photo.pdf": (make.picture(33), "extension_wrong"),
        "letter.xyz": (b"\x00\x01\x02\x03" * 100, "format_unknown"),
        "moving.gif": (animation(), "format_not_accepted"),
        "notes.txt": ("一些文字，不是档案格式。".encode(), "format_not_accepted"),
    }
    report = ingest(folder({name: data for name, (data, _) in bad.items()} | {"good.pdf": make.pdf("good")}))

    assert codes(report) == {name: code for name, (_, code) in bad.items()}
    assert report["accepted"] == 1
    assert accounted(report)
    for one in report["quarantined"]:
        assert one["file"] in one["message"]
        assert "?" not in one["message"]


def test_an_unreadable_file_and_a_link_are_named(ingest, folder, make, sure, tmp_path):
    root = folder({"good.pdf": make.pdf("good"), "closed.pdf": make.pdf("closed")})
    (tmp_path / "outside.pdf").write_bytes(make.pdf("outside"))
    (root / "link.pdf").symlink_to(tmp_path / "outside.pdf")
    os.mkfifo(root / "pipe.pdf")
    (root / "closed.pdf").chmod(0)
    report = ingest(root)

    found = codes(report)
    assert found["link.pdf"] == "entry_is_link"
    assert found["pipe.pdf"] == "not_a_file"
    if os.geteuid():
        assert found["closed.pdf"] == "file_unreadable"
    assert accounted(report)


def test_odd_names_are_no_defect(ingest, folder, make, sure):
    root = folder({"张三😀住院结算单.pdf": make.pdf("emoji"), "长" * 83 + ".pdf": make.pdf("long")})
    gbk = os.fsencode(str(root)) + b"/" + "医保结算单.pdf".encode("gb18030")
    Path(os.fsdecode(gbk)).write_bytes(make.pdf("gbk"))
    report = ingest(root)

    assert report["accepted"] == 3
    from yidang.intake.sealed import full_path

    assert "医保结算单.pdf" in {full_path(file) for file in ReceivedFile.objects.all()}


def test_names_that_look_alike_are_two_files(ingest, folder, make, sure):
    report = ingest(folder({"a.pdf": make.pdf("one"), "a\x01.pdf": make.pdf("two"), "b\x02": b"", "b": b""}))

    assert (report["received"], report["accepted"]) == (4, 2)
    assert {one["file"] for one in report["quarantined"]} == {"b", "b (2)"}


def test_a_zip_is_unfolded_and_its_members_count(ingest, folder, make, sure):
    inner = zipped({"deep.pdf": make.pdf("deep")})
    data = zipped({"a.pdf": make.pdf("a"), "sub/b.pdf": make.pdf("b"), "inner.zip": inner})
    report = ingest(folder({"batch.zip": data}))

    assert report["received"] == report["accepted"] == 3


def test_gbk_names_in_a_zip_are_read(ingest, folder, make, sure):
    data = zipped({"AAAAAA.pdf": make.pdf("a")}).replace(b"AAAAAA", "结算单".encode("gb18030"))
    ingest(folder({"batch.zip": data}))
    from yidang.intake.sealed import full_path

    assert "batch.zip/结算单.pdf" in {full_path(file) for file in ReceivedFile.objects.all()}


def test_bad_archives_are_set_aside_whole(ingest, folder, make, sure):
    bomb = zipped({"zeros.pdf": b"\0" * 60_000_000})
    lock = bytearray(zipped({"a.pdf": make.pdf("a")}))
    lock[6] |= 1
    lock[lock.rfind(b"PK\x01\x02") + 8] |= 1
    deep = zipped({"l1.zip": zipped({"l2.zip": zipped({"x.pdf": make.pdf("x")})})})
    report = ingest(
        folder({"bomb.zip": bomb, "locked.zip": bytes(lock), "broken.zip": b"PK\x03\x04 nothing", "deep.zip": deep})
    )

    assert codes(report) == {
        "bomb.zip": "archive_bomb",
        "locked.zip": "archive_encrypted",
        "broken.zip": "archive_damaged",
        "deep.zip/l1.zip/l2.zip": "archive_too_deep",
    }
    assert accounted(report)


def test_bad_entries_are_named_with_their_archive(ingest, folder, make, sure):
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w") as archive:
        archive.writestr("../../escape.pdf", make.pdf("escape"))
        archive.writestr("/etc/absolute.pdf", make.pdf("absolute"))
        link = zipfile.ZipInfo("link.pdf")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
        archive.writestr("same.pdf", make.pdf("one"))
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("same.pdf", make.pdf("two"))
    report = ingest(folder({"batch.zip": sink.getvalue()}))

    assert codes(report) == {
        "batch.zip/../../escape.pdf": "entry_path_unsafe",
        "batch.zip//etc/absolute.pdf": "entry_path_unsafe",
        "batch.zip/link.pdf": "entry_is_link",
        "batch.zip/same.pdf": "name_twice",
    }
    assert report["accepted"] == 1
    assert accounted(report)


def test_the_same_bytes_are_recognised_by_number(ingest, folder, make, sure):
    data = make.pdf("once")
    first = ingest(folder({"a.pdf": data, "copy/b.pdf": data}))
    (known,) = first["duplicates"]
    second = ingest(folder({"c.pdf": data}).parent / "batch" / "c.pdf")

    assert known["file"] == "copy/b.pdf"
    assert known["reference_code"].startswith("J001-")
    assert second["duplicates"] == [{"file": "c.pdf", "reference_code": known["reference_code"]}]
    assert second["received"] == 1


def test_nothing_of_a_name_stands_in_clear(ingest, folder, make, sure):
    ingest(folder({"王小明.pdf": make.pdf("x"), "李四.bin": b"\0\1\2\3"}))

    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT t::text FROM intake_receivedfile t")
        text = "".join(row[0] for row in cursor.fetchall())
    for name in ("王小明", "李四"):
        assert name not in text
        assert name.encode().hex() not in text


def test_thousands_of_files_in_one_folder(ingest, folder, sure):
    report = ingest(folder({f"{n:05}.pdf": b"" for n in range(3000)}))

    assert report["received"] == len(report["quarantined"]) == 3000


def test_every_file_has_one_outcome(ingest, folder, make, sure):
    ingest(folder({"a.pdf": make.pdf("a"), "b.pdf": b"", "c.zip": zipped({"d.pdf": make.pdf("d")})}))

    final = {*FileOutcome.values} - {FileOutcome.READING, FileOutcome.RECEIVED, FileOutcome.UPLOADING}
    assert set(ReceivedFile.objects.values_list("outcome", flat=True)) <= final
