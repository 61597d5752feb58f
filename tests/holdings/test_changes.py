"""The outbox hides no change from a projection, however transactions overlap."""

import threading
from uuid import uuid4

import pytest
from django.db import connection, transaction

from yidang.holdings.changes import changes_since, note_changes
from yidang.holdings.models import Change


@pytest.mark.django_db(transaction=True)
def test_a_slow_writer_is_waited_for_not_overtaken():
    slow, quick = uuid4(), uuid4()
    written, release = threading.Event(), threading.Event()

    def write_slowly():
        with transaction.atomic():
            note_changes([slow])
            written.set()
            release.wait(10)
        connection.close()

    writer = threading.Thread(target=write_slowly)
    writer.start()
    written.wait(10)
    with transaction.atomic():
        note_changes([quick])  # later id, earlier commit
    timer = threading.Timer(0.3, release.set)
    timer.start()
    found = changes_since(0)
    writer.join()
    timer.join()
    assert list(found.items) == [slow, quick]


@pytest.mark.django_db
def test_an_item_changed_often_is_told_once_and_the_watermark_moves_on():
    item, other = uuid4(), uuid4()
    with transaction.atomic():
        note_changes([item, other, item])
    found = changes_since(0)
    assert list(found.items) == [item, other]
    assert found.watermark == Change.objects.order_by("pk").last().pk
    assert list(changes_since(found.watermark).items) == []


@pytest.mark.django_db
def test_many_changes_come_in_portions():
    items = [uuid4() for _ in range(5)]
    with transaction.atomic():
        note_changes(items)
    first = changes_since(0, limit=2)
    assert [*first.items, *changes_since(first.watermark).items] == items
