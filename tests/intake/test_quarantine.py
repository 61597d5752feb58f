"""Quarantine: what a person sees there and can do about it."""

import pytest

from yidang.holdings.models import Item
from yidang.identity.policy import NOBODY
from yidang.intake import jobs, operations, queries
from yidang.intake.models import Accession, AccessionState, FileOutcome, ReceivedFile
from yidang.kernel.errors import Conflict, Invalid, NotAllowed
from yidang.ledger.models import LedgerEntry


def one(code: str) -> ReceivedFile:
    return ReceivedFile.objects.get(outcome=FileOutcome.QUARANTINED, code=code)


def work_off(step) -> None:
    with jobs.inline() as queue:
        step()
        queue.run()


def test_a_wrong_extension_is_taken_on_a_persons_word(ingest, folder, make, sure, grant):
    ingest(folder({"letter.jpg": make.pdf("letter")}))
    file = one("extension_wrong")
    work_off(lambda: operations.resubmit(grant=grant, file_id=file.pk))

    assert Item.objects.get().reference_code
    assert ReceivedFile.objects.get().outcome == FileOutcome.ACCEPTED
    assert Accession.objects.get().state == AccessionState.DONE
    assert LedgerEntry.objects.filter(action="file.resubmitted").count() == 1


def test_a_good_file_takes_the_place_of_a_bad_one(ingest, folder, make, sure, grant):
    ingest(folder({"sub/cut.pdf": make.pdf("x", 3)[:-300]}))
    file = one("file_truncated")
    work_off(lambda: operations.replace(grant=grant, file_id=file.pk, data=make.pdf("x", 3), name="whole.pdf"))

    file.refresh_from_db()
    assert file.outcome == FileOutcome.ACCEPTED
    assert queries.problems(file.accession) == []
    from yidang.intake.sealed import full_path

    assert full_path(ReceivedFile.objects.get()) == "sub/whole.pdf"


def test_an_empty_file_cannot_be_sent_again_as_it_is_and_comes_back(ingest, folder, grant):
    ingest(folder({"empty.pdf": b""}))
    work_off(lambda: operations.resubmit(grant=grant, file_id=one("file_empty").pk))

    assert one("file_empty")


def test_discarding_needs_a_reason_and_leaves_a_trace(ingest, folder, grant):
    ingest(folder({"odd.xyz": b"\0\1\2\3" * 50}))
    file = one("format_unknown")
    with pytest.raises(Invalid, match="reason_missing"):
        operations.discard(grant=grant, file_id=file.pk, reason=" ")
    operations.discard(grant=grant, file_id=file.pk, reason="不是档案")

    assert ReceivedFile.objects.get().outcome == FileOutcome.DISCARDED
    assert not queries.quarantined_files(grant).exists()
    assert LedgerEntry.objects.filter(action="file.discarded").exists()
    with pytest.raises(Conflict, match="file_not_quarantined"):
        operations.discard(grant=grant, file_id=file.pk, reason="again")


def test_only_who_may_ingest_touches_the_quarantine(ingest, folder):
    ingest(folder({"odd.xyz": b"\0\1\2\3" * 50}))
    file = one("format_unknown")
    with pytest.raises(NotAllowed):
        operations.resubmit(grant=NOBODY, file_id=file.pk)
    with pytest.raises(NotAllowed):
        queries.quarantined_files(NOBODY)


def test_a_corrected_catalogue_frees_the_files(ingest, folder, make, grant):
    rows = "件号,题名,文件名\n1,甲,a.pdf\n1,乙,b.pdf\n"
    root = folder({"a.pdf": make.pdf("a"), "b.pdf": make.pdf("b"), "c.pdf": make.pdf("c"), "目录.csv": rows.encode()})
    report = ingest(root)
    assert len(report["quarantined"]) == 3

    better = "件号,题名,文件名\n1,甲,a.pdf\n2,乙,b.pdf\n3,丙,c.pdf\n".encode()
    work_off(
        lambda: operations.resubmit_catalogue(grant=grant, accession_id=report["id"], data=better, name="目录.csv")
    )
    again = queries.report(Accession.objects.get())
    assert (again["accepted"], again["quarantined"], again["rows"]) == (3, [], [])


def test_a_missing_row_is_overruled(ingest, folder, make, sure, grant):
    ingest(folder({"a.pdf": make.pdf("a"), "b.pdf": make.pdf("b"), "目录.csv": "题名,文件名\n甲,a.pdf\n".encode()}))
    work_off(lambda: operations.resubmit(grant=grant, file_id=one("file_without_row").pk))

    assert Item.objects.count() == 2


def test_messages_come_in_both_languages(ingest, folder):
    from django.utils.translation import override

    ingest(folder({"odd.xyz": b"\0\1\2\3" * 50}))
    file = one("format_unknown")
    with override("zh-hans"):
        assert "无法识别" in queries.problem_of(file).message
    with override("en"):
        assert "is not known" in queries.problem_of(file).message
