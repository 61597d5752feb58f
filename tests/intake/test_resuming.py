"""Killed anywhere, gone on with: nothing twice, nothing missing."""

import itertools
import random
from functools import partial

import pytest
from django.db import connection

from yidang.holdings.models import Item, ItemState, Page
from yidang.intake import jobs, operations, queries, tasks, turns
from yidang.intake.models import Accession, ReceivedFile
from yidang.intake.operations import pages, resuming
from yidang.kernel import clock

from .test_scans import says


class Killed(BaseException):
    """Stands for kill -9: no handler of the code may catch it."""


@pytest.fixture
def batch(scheme, grant, folder, make, monkeypatch):
    monkeypatch.setattr(pages, "recognise", lambda _source: says("页"))
    monkeypatch.setattr(resuming, "PATIENCE", clock.now() - clock.now())
    files = {f"{n}.pdf": make.pdf(f"{n}") for n in range(12)} | {
        f"{n}.png": make.picture(n * 9, "PNG") for n in range(3)
    }
    accession = operations.open_accession(grant=grant, series="DYJS", year=2026, channel="cli")
    incoming = list(operations.walk(folder(files | {"empty.pdf": b"", "same.pdf": files["1.pdf"]})))
    operations.receive_paths(grant=grant, accession_id=accession.pk, incoming=incoming)
    return accession


class Cut:
    """Kills at the n-th statement sent to the database."""

    def __init__(self, after: int) -> None:
        self.left = after

    def __call__(self, execute, sql, params, many, context):
        self.left -= 1
        if self.left < 0:
            raise Killed
        return execute(sql, params, many, context)


@pytest.mark.parametrize("seed", range(6))
def test_cut_off_anywhere_and_swept_it_comes_to_the_same_end(batch, grant, sure, seed, monkeypatch):
    chance, lives = random.Random(seed), itertools.count()
    with jobs.inline():
        operations.close_accession(grant=grant, accession_id=batch.pk)  # its job is lost with this queue
    for _ in range(40):
        if Accession.objects.get().done_at:
            break
        # Everything was killed, not one reader by one file: another supervisor begins.
        monkeypatch.setattr(turns, "this_run", partial(str, next(lives)))
        with jobs.inline() as queue:
            tasks.sweep()
            try:
                with connection.execute_wrapper(Cut(chance.randrange(5, 160))):
                    queue.run()
            except Killed:
                connection.close()
    else:
        with jobs.inline() as queue:
            tasks.sweep()
            queue.run()

    report = queries.report(Accession.objects.get())
    counts = (report["accepted"], report["waiting"], len(report["duplicates"]), len(report["quarantined"]))
    assert counts == (15, 0, 1, 1)
    assert Item.objects.filter(state=ItemState.FILED).count() == Item.objects.count() == 15
    codes = sorted(Item.objects.values_list("reference_code", flat=True))
    assert [int(code[-6:]) for code in codes] == list(range(1, 16))
    assert not Page.objects.filter(is_read=False).exists()
    assert not ReceivedFile.objects.filter(item=None, outcome="accepted").exists()


def test_two_accessions_with_the_same_bytes_keep_them_once(scheme, grant, folder, make, sure):
    data = make.pdf("both")
    root = folder({"a.pdf": data})
    with jobs.inline() as queue:
        for _ in range(2):
            accession = operations.open_accession(grant=grant, series="DYJS", year=2026, channel="cli")
            operations.receive_paths(grant=grant, accession_id=accession.pk, incoming=list(operations.walk(root)))
            operations.close_accession(grant=grant, accession_id=accession.pk)
        queue.run()
    assert Item.objects.count() == 1
    assert sorted(ReceivedFile.objects.values_list("outcome", flat=True)) == ["accepted", "duplicate"]
