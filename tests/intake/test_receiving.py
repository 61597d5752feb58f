"""Uploads: in pieces, again, late, broken off; and what a closed accession refuses."""

import pytest

from yidang.identity.policy import NOBODY, system_grant
from yidang.intake import jobs, operations, queries
from yidang.intake.models import Accession, FileOutcome, ReceivedFile
from yidang.kernel.errors import Conflict, Invalid, NotAllowed, NotFound


@pytest.fixture
def accession(scheme, grant):
    return operations.open_accession(grant=grant, series="DYJS", year=2026, channel="browser")


@pytest.fixture
def send(accession, grant):
    def send(path: str, data: bytes, *, offset: int = 0, size: int | None = None):
        return operations.receive_chunk(
            grant=grant, accession_id=accession.pk, path=path, offset=offset, data=data, size=size or len(data)
        )

    return send


def test_pieces_make_the_file_whatever_their_order(send, accession, grant, make, sure):
    data = make.pdf("pieces", 3)
    assert send("scans/a.pdf", data[:500], size=len(data)).received_bytes == 500
    assert send("scans/a.pdf", data[:500], size=len(data)).received_bytes == 500
    send("scans/a.pdf", data[1000:], offset=1000, size=len(data))
    file = send("scans/a.pdf", data[500:1000], offset=500, size=len(data))

    assert (file.outcome, file.received_bytes) == (FileOutcome.RECEIVED, len(data))
    with jobs.inline() as queue:
        operations.close_accession(grant=grant, accession_id=accession.pk)
        queue.run()
    report = queries.report(Accession.objects.get())
    assert report["accepted"] == 1


def test_an_upload_broken_off_is_dropped_at_the_end(send, accession, grant):
    send("a.pdf", b"%PDF-1.4", size=100)
    operations.close_accession(grant=grant, accession_id=accession.pk)

    assert not ReceivedFile.objects.exists()


def test_two_files_of_one_name_are_told_apart(send):
    send("a.pdf", b"one")
    assert send("a.pdf", b"one").received_bytes == 3
    with pytest.raises(Conflict, match="name_twice"):
        send("a.pdf", b"other")


def test_what_cannot_be_is_refused(send, accession, grant):
    with pytest.raises(Invalid, match="upload_beyond_end"):
        send("a.pdf", b"four", size=3)
    with pytest.raises(Invalid, match="path_too_long"):
        send("长" * 2000, b"x")
    with pytest.raises(Invalid, match="file_too_large"):
        send("a.pdf", b"x", size=2**50)
    with pytest.raises(NotFound, match="series_not_found"):
        operations.open_accession(grant=grant, series="XXXX", year=2026, channel="cli")
    with pytest.raises(NotAllowed):
        operations.open_accession(grant=NOBODY, series="DYJS", year=2026, channel="cli")


def test_a_closed_accession_takes_nothing_more(send, accession, grant):
    operations.close_accession(grant=grant, accession_id=accession.pk)
    with pytest.raises(Conflict, match="accession_closed"):
        send("late.pdf", b"x")


def test_the_receipt_tells_what_came(send, accession, grant):
    import hashlib

    send("b.pdf", b"bytes")
    operations.close_accession(grant=grant, accession_id=accession.pk)
    receipt = queries.receipt(Accession.objects.get())

    assert receipt["files"] == [{"path": "b.pdf", "bytes": 5, "sm3": hashlib.new("sm3", b"bytes").hexdigest()}]
    assert (receipt["total_files"], receipt["total_bytes"]) == (1, 5)
    assert Accession.objects.get().receipt_digest


def test_a_dropped_folder_is_itself_no_item(send, accession, make, monkeypatch, sure):
    from yidang.holdings.models import Item
    from yidang.intake.operations import pages

    from .test_scans import says

    monkeypatch.setattr(pages, "recognise", lambda _source: says("页"))
    for n in range(2):
        send(f"dropped/scan{n}.jpg", make.picture(50 + n * 40))
        send(f"dropped/case/scan{n}.jpg", make.picture(60 + n * 40))
    with jobs.inline() as queue:
        operations.close_accession(grant=system_grant("test"), accession_id=accession.pk)
        queue.run()
    assert sorted(Item.objects.values_list("page_count", flat=True)) == [1, 1, 2]


def test_a_full_disk_takes_nothing_by_halves(accession, grant, folder, make, monkeypatch):
    import errno

    from yidang.kernel.errors import Unavailable
    from yidang.preservation import staging

    incoming = list(operations.walk(folder({f"{n}.pdf": make.pdf(f"{n}") for n in range(3)})))

    def full(sources):
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(staging, "_put", full)
        with pytest.raises(Unavailable, match="store_full"):
            operations.receive_paths(grant=grant, accession_id=accession.pk, incoming=incoming)
    assert not ReceivedFile.objects.exists()

    operations.receive_paths(grant=grant, accession_id=accession.pk, incoming=incoming)
    operations.receive_paths(grant=grant, accession_id=accession.pk, incoming=incoming)
    assert ReceivedFile.objects.count() == 3
