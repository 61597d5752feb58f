"""Packages come in: ours lose nothing, a stranger's files are read as any, bad ones wait in quarantine by name."""

import hashlib
import json
import shutil
from dataclasses import replace

import pytest
from django.conf import settings

from yidang.access.export import export_item
from yidang.holdings import operations, stored
from yidang.holdings.models import Item, ItemFile
from yidang.holdings.packaging.parcels import FORMER_FORMAT
from yidang.identity.policy import SYSTEM
from yidang.intake.models import Accession, FileOutcome, ReceivedFile
from yidang.kernel.clock import today
from yidang.preservation import repository
from yidang.preservation.content import open_content
from yidang.preservation.packages import validate

pytestmark = pytest.mark.usefixtures("sure")
FORMS = ("eep", "eark", "bagit", "ocfl")


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    """A log of its own for every test, since each writes proofs."""
    monkeypatch.setattr(settings, "YIDANG", replace(settings.YIDANG, home=tmp_path / "home", store=""))


@pytest.fixture
def item(ingest, folder, make):
    ingest(folder({"张三 结算单.pdf": make.pdf(pages=2)}))
    found = Item.objects.get()
    told = stored.dossier(found.pk)
    changed = told.description.with_fields({"title": told.description.fields["title"]})
    return operations.save_description(SYSTEM, item_id=found.pk, description=changed, reason="核对")


def bytes_of(item) -> list[str]:
    files = ItemFile.objects.filter(item=item).exclude(puid=FORMER_FORMAT).order_by("ordinal")
    digests = []
    for file in files:
        with open_content(file.locator) as source:
            digests.append(hashlib.sha512(source.read()).hexdigest())
    return digests


def told(item) -> dict:
    """Everything of the record that does not name this archive's own rows."""
    dossier = stored.dossier(item.pk)
    fields = {key: field for key, field in dossier.description.to_json()["fields"].items() if key != "legacy_code"}
    pages = [{name: value for name, value in vars(page).items() if name != "id"} for page in dossier.pages]
    files = [
        {name: value for name, value in vars(file).items() if name != "digest"}
        for file in dossier.files
        if file.puid != FORMER_FORMAT
    ]
    return {
        "code": dossier.reference_code,
        "fields": fields,
        "pages": pages,
        "files": files,
        "type": dossier.document_type,
        "year": dossier.year,
        "texts": [reading.lines for reading in stored.page_readings(item.pk)],
        "bytes": bytes_of(item),
    }


def empty_archive() -> None:
    for one in Item.objects.values_list("pk", flat=True):
        repository.purge(one)
    Accession.objects.all().delete()
    Item.objects.all().delete()


@pytest.mark.parametrize("form", FORMS)
def test_out_and_in_again_loses_nothing(item, ingest, tmp_path, form):
    before, history = told(item), stored.provenance(item.pk)
    package = export_item(SYSTEM, item.reference_code, tmp_path / "out" / "package", form)
    assert validate(package).is_valid
    empty_archive()
    packed = shutil.make_archive(str(tmp_path / "in" / "package"), "tar", package.parent, "package")
    outcome = ingest(tmp_path / "in", series="DYMZ")
    assert packed.endswith(".tar")
    assert (outcome["accepted"], outcome["quarantined"]) == (1, [])
    (found,) = Item.objects.all()
    assert told(found) == before
    assert (found.series_id, found.version) == ("DYMZ", 1)
    former = json.loads(repository.read_content(found.pk, stored.original(2)))
    assert former["description"]["reference_code"] == item.reference_code
    assert former["provenance"]["versions"] == [vars(note) for note in history.versions]
    assert former["provenance"]["events"] == [vars(event) for event in history.events]
    assert len(former["proofs"]) == (0 if form == "ocfl" else 2)


def test_twice_in_is_known(item, ingest, tmp_path):
    package = export_item(SYSTEM, item.reference_code, tmp_path / "out" / "package", "bagit")
    shutil.make_archive(str(tmp_path / "in" / "package"), "zip", package.parent, "package")
    outcome = ingest(tmp_path / "in")
    assert len(outcome["duplicates"]) == 1
    assert Item.objects.count() == 1


@pytest.mark.parametrize("form", FORMS)
def test_a_package_that_does_not_hold_waits_in_quarantine_by_name(item, ingest, tmp_path, form):
    package = export_item(SYSTEM, item.reference_code, tmp_path / "out" / "package", form)
    path = max((one for one in package.rglob("*") if one.is_file()), key=lambda one: one.stat().st_size)
    whole = bytearray(path.read_bytes())
    whole[len(whole) // 2] ^= 1
    path.write_bytes(whole)
    shutil.make_archive(str(tmp_path / "in" / "坏包"), "zip", package.parent, "package")
    (bad,) = ingest(tmp_path / "in")["quarantined"]
    assert bad["file"].endswith("坏包.zip")
    assert bad["code"] == "package_invalid"
    assert path.relative_to(package).as_posix() in bad["message"]
    assert Item.objects.count() == 1


def test_a_strangers_bag_is_read_file_by_file(ingest, folder, make, tmp_path, scheme):
    data = make.pdf("Foreign record")
    digest = hashlib.sha512(data).hexdigest()
    files = {
        "bag/bagit.txt": b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n",
        "bag/data/scan%2525.pdf": b"",
        "bag/manifest-sha512.txt": f"{digest}  data/letter one.pdf\n".encode(),
        "bag/data/letter one.pdf": data,
    }
    del files["bag/data/scan%2525.pdf"]
    root = folder(files)
    shutil.make_archive(str(tmp_path / "in" / "bag"), "zip", root, "bag")
    outcome = ingest(tmp_path / "in")
    assert outcome["quarantined"] == []
    assert outcome["accepted"] == 1
    (found,) = Item.objects.all()
    assert bytes_of(found) == [digest]
    assert found.year in {2026, today().year}


def test_a_plain_xml_or_tar_is_no_package(ingest, folder, scheme):
    outcome = ingest(folder({"a.xml": b"<?xml version='1.0'?><x/>", "b.tar": b"no tar at all"}))
    codes = set(ReceivedFile.objects.values_list("outcome", flat=True))
    assert codes == {FileOutcome.QUARANTINED}
    assert "package_invalid" not in {one["code"] for one in outcome["quarantined"]}
