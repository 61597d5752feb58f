"""The main path: a folder goes in, every file comes out in exactly one place."""

from yidang.holdings.models import Item, ItemState


def accounted(report: dict) -> bool:
    parts = report["accepted"] + report["waiting"] + len(report["duplicates"]) + len(report["quarantined"])
    return parts == report["received"]


def test_born_digital_pdfs_are_filed(ingest, folder, make, sure):
    report = ingest(folder({f"{n}.pdf": make.pdf(f"record {n}") for n in range(5)}))

    assert report["received"] == report["accepted"] == 5
    assert accounted(report)
    assert Item.objects.filter(state=ItemState.FILED).count() == 5
