import json
import tarfile
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connection, transaction

from yidang.disposition.transfers import handing, kinds, packing, proposing, queries
from yidang.disposition.transfers.due import due_groups
from yidang.disposition.transfers.form_pdf import registration_form
from yidang.disposition.transfers.models import Transfer, TransferItem
from yidang.disposition.transfers.rules import last_year_due
from yidang.disposition.transfers.terms import term_of, terms
from yidang.holdings.models import Hold, Item, Tombstone
from yidang.kernel import clock
from yidang.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from yidang.ledger.models import LedgerEntry
from yidang.preservation.packages import read_package, validate

from . import records

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def old(bureau):
    items = records.file(count=2)
    Item.objects.update(term="Y")
    return items


def proposed(bureau, form="eep", keeping="keep") -> Transfer:
    return proposing.propose_due(
        bureau.archivist, level="county", groups=[("DYMZ", 2014)], receiver="某县档案馆", form=form, keeping=keeping
    )


def approved(bureau, **values) -> Transfer:
    found = proposed(bureau, **values)
    bureau.sanction(kinds.TRANSFER, {"transfer": str(found.id)})
    return Transfer.objects.get(id=found.id)


def packed(bureau, **values) -> Transfer:
    return packing.pack(bureau.archivist, transfer_id=approved(bureau, **values).id)


def received(bureau, **values) -> Transfer:
    found = packed(bureau, **values)
    handing.hand_over(bureau.archivist, transfer_id=found.id, medium="online")
    receive(bureau, found, found.package_sha512)
    return Transfer.objects.get(id=found.id)


def receive(bureau, found, digest, **values):
    words = {"number": "收〔2026〕3号", "on": clock.today(), "signer": "王某", "remark": ""} | values
    handing.record_receipt(bureau.archivist, transfer_id=found.id, digest=digest, **words)


def fetched(bureau, found, folder):
    _, reader = handing.download(bureau.archivist, transfer_id=found.id, second_factor_fresh=True)
    path = folder / f"{found.name}.tar"
    with reader:
        path.write_bytes(reader.read())
    return path


def test_years_count_from_the_january_after():
    assert last_year_due(years=10, this_year=2026) == 2015
    assert {one.years for one in terms().values()} == {10, 20}
    assert all(one.source and one.is_verified for one in terms().values())
    with pytest.raises(NotFound):
        term_of("village")


def test_only_old_records_of_the_terms_concerned_are_due(bureau):
    records.file(count=2)
    records.file(year=2018)
    Item.objects.filter(year=2014).update(term="Y")
    assert [(one.year, one.count) for one in due_groups(bureau.archivist, term_of("county"))] == [(2014, 2)]
    assert not due_groups(bureau.archivist, term_of("city"))
    Item.objects.update(term="D10")
    assert not due_groups(bureau.archivist, term_of("county"))


@pytest.mark.parametrize("form", ["eep", "eark", "bagit", "ocfl"])
def test_the_package_holds_what_was_chosen(bureau, old, tmp_path, form):
    found = packed(bureau, form=form)
    path = fetched(bureau, found, tmp_path)
    verdict = validate(path)
    assert (verdict.form, verdict.errors) == ("bagit", ())
    with read_package(path) as parcels:
        originals = [one.read() for parcel in parcels for one in parcel.of("original")]
        assert len(parcels) == 2
        assert all(data.startswith(b"\xff\xd8 invented") for data in originals)
    with tarfile.open(path) as archive:
        names = {name.split("/", 1)[1] for name in archive.getnames() if "/" in name}
        report = json.load(archive.extractfile(f"{found.name}/data/four-natures.json"))
    assert {"data/list.csv", "data/登记表.pdf"} <= names
    assert report["items"] == 2
    assert registration_form(found).startswith(b"%PDF")


def test_a_flipped_byte_in_a_nested_package_is_found(bureau, old, tmp_path):
    path = fetched(bureau, packed(bureau), tmp_path)
    data = bytearray(path.read_bytes())
    data[data.index(b"<\xe7\xad\xbe\xe5\x90\x8d\xe7\xbb\x93\xe6\x9e\x9c>") + 20] ^= 1
    path.write_bytes(data)
    codes = {one.code for one in validate(path).errors}
    assert {"bag_digest_wrong", "eep_signature_wrong"} <= codes


def test_the_whole_way_leaves_one_ledger_row_a_step(bureau, old, tmp_path):
    found = packed(bureau)
    fetched(bureau, found, tmp_path)
    handing.hand_over(bureau.archivist, transfer_id=found.id, medium="offline")
    receive(bureau, found, found.package_sha512)
    told = list(LedgerEntry.objects.filter(subject=found.id, action__startswith="transfer.").order_by("id"))
    steps = ["proposed", "approved", "packed", "downloaded", "handed_over", "received"]
    assert [one.action.removeprefix("transfer.") for one in told] == steps
    assert handing.receipt_of(Transfer.objects.get())["signer"] == "王某"
    assert queries.transferred([item.pk for item in old]) == {item.pk: found.name for item in old}


def test_who_comes_while_it_is_packed_gets_the_package_of_the_other(bureau, old):
    found = approved(bureau)

    def pack(_):
        try:
            return packing.pack(bureau.archivist, transfer_id=found.id).package_sha512
        except Conflict as late:  # came when the other was done
            return late.code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        digests = set(pool.map(pack, range(2))) - {"transfer_step_wrong"}
    assert digests == {Transfer.objects.get(id=found.id).package_sha512}
    assert LedgerEntry.objects.filter(action="transfer.packed").count() == 1


def test_a_transfer_is_a_hold_until_the_receipt(bureau, old):
    found = proposed(bureau)
    assert Hold.objects.filter(reference=found.id).count() == 2
    with pytest.raises(Invalid):
        proposed(bureau)
    proposing.withdraw(bureau.archivist, transfer_id=found.id)
    assert not Hold.objects.exists()
    assert received(bureau).state == "received"
    assert not Hold.objects.exists()


def test_wrong_order_and_wrong_role_are_refused(bureau, old):
    found = proposed(bureau)
    for step in (
        lambda: packing.pack(bureau.archivist, transfer_id=found.id),
        lambda: handing.hand_over(bureau.archivist, transfer_id=found.id, medium="online"),
        lambda: receive(bureau, found, "0" * 128),
        lambda: handing.download(bureau.archivist, transfer_id=found.id, second_factor_fresh=True),
    ):
        with pytest.raises(Conflict) as refused:
            step()
        assert refused.value.code == "transfer_step_wrong"
    with pytest.raises(NotAllowed):
        proposing.propose_named(bureau.clerk, codes=["x"], receiver="a", form="eep", keeping="keep")
    with pytest.raises(NotAllowed):
        proposing.approve(transfer_id=found.id, approved_by=bureau.id("clerk"), grant=bureau.clerk)
    with pytest.raises(IntegrityError), transaction.atomic():
        Transfer.objects.filter(pk=found.pk).update(approved_by=bureau.id("archivist"))


def test_a_receipt_for_something_else_is_refused(bureau, old):
    found = packed(bureau)
    handing.hand_over(bureau.archivist, transfer_id=found.id, medium="online")
    for digest, code in (("0" * 128, "receipt_digest_differs"), ("", "receipt_words_missing")):
        with pytest.raises(Invalid) as refused:
            receive(bureau, found, digest)
        assert refused.value.code == code
    proposing.withdraw(bureau.archivist, transfer_id=found.id)
    with pytest.raises(NotFound):
        packing.opened(found)


def test_what_is_not_kept_ends_after_the_receipt(bureau, old):
    found = received(bureau, keeping="tombstone")
    other = Hold.objects.create(item=old[0], room="loan", reason_code="out", placed_at=clock.now())
    assert handing.advance() == 1
    other.delete()
    assert handing.advance() == 1
    assert handing.advance() == 0
    assert set(Tombstone.objects.values_list("list_number", flat=True)) == {found.name}
    assert TransferItem.objects.filter(is_ended=True).count() == 2


def test_between_bureaux_records_are_named(bureau, old):
    codes = [old[0].reference_code]
    named = {"receiver": "邻县医保中心", "form": "bagit", "keeping": "keep"}
    found = proposing.propose_named(bureau.archivist, codes=codes, **named)
    assert (found.kind, found.lines.get().item) == ("bureau", old[0].pk)
    with pytest.raises(NotFound):
        proposing.propose_named(bureau.archivist, codes=["没有"], receiver="a", form="eep", keeping="keep")
    with pytest.raises(Conflict) as refused:
        proposing.propose_named(bureau.archivist, codes=codes, receiver="a", form="eep", keeping="keep")
    assert refused.value.code == "transfer_under_way"
