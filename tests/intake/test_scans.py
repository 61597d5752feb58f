"""Pictures: read page by page, grouped by folder, cut at separator sheets, waiting when unsure."""

from collections.abc import Callable

import pytest

from yidang.holdings.models import Item, ItemState
from yidang.holdings.reading import Line, PageReading
from yidang.intake.models import FileOutcome, PageTurn, ReceivedFile
from yidang.intake.operations import pages
from yidang.intake.reading.facts import Barcode, PageFacts
from yidang.kernel.errors import Invalid


@pytest.fixture
def reader(monkeypatch) -> Callable[[Callable], None]:
    """Puts a stand-in for recognition; the real one has tests of its own."""

    def use(read: Callable) -> None:
        monkeypatch.setattr(pages, "recognise", read)

    use(lambda _source: says("住院费用结算清单"))
    return use


def says(text: str, *codes: str) -> tuple[PageReading, PageFacts]:
    reading = PageReading([Line(text, [0.1, 0.1, 0.5, 0.2], 0.99)] if text else [])
    barcodes = tuple(Barcode("QRCode", code, [0, 0, 1, 1]) for code in codes)
    return reading, PageFacts(300, 400, 72, barcodes=barcodes, text_origin="ocr", confidence=0.99)


def test_a_scan_is_read_and_waits_when_unsure(ingest, folder, make, reader):
    report = ingest(folder({"scan.jpg": make.picture(100)}))

    assert (report["received"], report["waiting"], report["pages"]) == (1, 1, 1)
    assert Item.objects.get().state == ItemState.WAITING


def test_a_folder_of_numbered_pictures_is_one_item(ingest, folder, make, reader, sure):
    files = {f"case/p{n}.jpg": make.picture(n * 20) for n in range(1, 12)} | {"loose1.jpg": make.picture(5)}
    report = ingest(folder(files | {"loose2.jpg": make.picture(6)}))

    assert report["accepted"] == 13
    assert sorted(Item.objects.values_list("page_count", flat=True)) == [1, 1, 11]
    item = Item.objects.get(page_count=11)
    from yidang.intake.sealed import path_of

    order = [path_of(file) for file in ReceivedFile.objects.filter(item=item).order_by("ordinal")]
    assert order == [f"case/p{n}.jpg" for n in range(1, 12)]


def test_a_sheet_in_two_records_belongs_to_both(ingest, folder, make, reader, sure):
    shared = make.picture(77)
    files = {"a/p1.jpg": make.picture(1), "a/p2.jpg": shared, "b/p1.jpg": make.picture(2), "b/p2.jpg": shared}
    report = ingest(folder(files))

    assert (report["accepted"], report["duplicates"]) == (4, [])
    again = ingest(folder(files) / "a")
    assert len(again["duplicates"]) == 2


def test_separator_sheets_cut_a_stack(ingest, folder, make, reader, sure):
    script = iter([says("甲"), says("甲二"), says("", "YIDANG:NEXT"), says("乙"), says("丙", "YIDANG:ITEM:3")])
    reader(lambda _source: next(script))
    files = {f"stack/p{n}.png": make.picture(n * 20, "PNG") for n in range(1, 6)}
    report = ingest(folder(files))

    assert sorted(Item.objects.values_list("page_count", flat=True)) == [1, 1, 2]
    assert report["accepted"] == 5


def test_a_picture_that_cannot_be_read_is_set_aside(ingest, folder, make, reader, sure):
    def refuse(source):
        raise Invalid("file_damaged", problem="x")

    reader(refuse)
    report = ingest(folder({"scan.jpg": make.picture(100)}))

    assert [one["code"] for one in report["quarantined"]] == ["file_damaged"]
    assert not Item.objects.exists()


def test_a_page_that_an_engine_cannot_read_waits_for_a_person(ingest, folder, make, reader):
    def fail(source):
        raise ZeroDivisionError

    reader(fail)
    report = ingest(folder({"scan.jpg": make.picture(100)}))

    assert (report["waiting"], report["quarantined"]) == (1, [])


def test_one_bad_page_does_not_take_the_others_along(ingest, folder, make, reader, sure):
    seen = []

    def read(source):
        seen.append(source)
        if len(seen) == 2:
            raise Invalid("file_damaged", problem="x")
        return says("好")

    reader(read)
    report = ingest(folder({f"case/p{n}.jpg": make.picture(n * 20) for n in range(1, 4)}))

    assert len(report["quarantined"]) == 1
    assert report["waiting"] == 0 or report["accepted"] + report["waiting"] == 2
    assert Item.objects.get().page_count == 2


def test_a_page_that_ends_its_reader_thrice_is_set_aside(ingest, folder, make, reader, sure):
    class Killed(BaseException):
        pass

    def die(source):
        raise Killed

    reader(die)
    from yidang.intake import operations

    with pytest.raises(Killed):
        ingest(folder({"scan.jpg": make.picture(100)}))
    item = Item.objects.get()
    page = item.pages.get()
    for _ in range(2):
        with pytest.raises(Killed):
            operations.read_page(page_id=page.pk)
    assert PageTurn.objects.get().attempts == 3
    operations.read_page(page_id=page.pk)

    file = ReceivedFile.objects.get()
    assert (file.outcome, file.code) == (FileOutcome.QUARANTINED, "file_ends_reader")
