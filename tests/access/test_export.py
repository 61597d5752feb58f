import hashlib
import json
import subprocess
import sys
from pathlib import Path

import pytest

from yidang.access.export import export_item
from yidang.holdings import operations
from yidang.identity.policy import SYSTEM
from yidang.kernel.errors import Conflict, NotAllowed
from yidang.ledger import verifier
from yidang.ledger.models import LedgerEntry
from yidang.preservation.ocfl_validator import validate

from .pictures import scan
from .records import ARCHIVIST, archive, describing, draft, page_of, reader

pytestmark = pytest.mark.usefixtures("scheme")


@pytest.fixture(name="item")
def _item():
    (item,) = archive(draft("高血压\n二级", "第二页", title="王小明登记表", person_name="王小明", data=scan()))
    changed = describing("王小明参保登记表", person_name="王小明")
    return operations.save_description(SYSTEM, item_id=item.pk, description=changed, reason="改题名")


def files(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_bag_holds_the_record_in_clear(item, tmp_path):
    dest = export_item(ARCHIVIST, item.reference_code, tmp_path / "bag", "bagit")
    found = files(dest)
    assert found["data/original/0001.jpg"] == scan()
    assert found["data/text/0001.txt"].decode() == "高血压\n二级"
    assert json.loads(found["data/text/0002.json"])[0]["text"] == "第二页"
    assert json.loads(found["data/description.json"])["description"]["fields"]["title"]["value"] == "王小明参保登记表"
    assert found["bagit.txt"] == b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
    assert f"External-Identifier: {item.reference_code}" in found["bag-info.txt"].decode()


def test_a_bag_is_valid_by_other_programs(item, tmp_path):
    dest = export_item(ARCHIVIST, item.reference_code, tmp_path / "bag", "bagit")
    found = files(dest)
    for manifest in ("manifest-sha512.txt", "tagmanifest-sha512.txt"):
        check = subprocess.run(
            ["sha512sum", "--check", "--strict", manifest], cwd=dest, capture_output=True, check=False
        )
        assert check.returncode == 0, check.stderr
    listed = {line.split("  ", 1)[1] for line in found["manifest-sha512.txt"].decode().splitlines()}
    assert listed == {name for name in found if name.startswith("data/")}
    octets = sum(len(data) for name, data in found.items() if name.startswith("data/"))
    assert f"Payload-Oxum: {octets}.{len(listed)}\n" in found["bag-info.txt"].decode()
    tagged = {line.split("  ", 1)[1] for line in found["tagmanifest-sha512.txt"].decode().splitlines()}
    assert tagged == {"bagit.txt", "bag-info.txt", "manifest-sha512.txt"}


def test_the_proofs_of_a_bag_hold_without_us(item, tmp_path):
    dest = export_item(ARCHIVIST, item.reference_code, tmp_path / "bag", "bagit")
    proofs = [json.loads(data) for name, data in sorted(files(dest).items()) if name.startswith("data/ledger/")]
    assert len(proofs) == 2
    assert [json.loads(proof["entry"])["facts"]["version"] for proof in proofs] == [1, 2]
    keys = "\n".join(proofs[0]["public_keys"])
    assert all(verifier.verify_proof(proof, keys=keys)["holds"] for proof in proofs)
    altered = proofs[0] | {"entry": proofs[0]["entry"].replace("item.filed", "item.moved")}
    assert not verifier.verify_proof(altered, keys=keys)["holds"]


def test_an_ocfl_object_in_clear_is_valid(item, tmp_path):
    dest = export_item(ARCHIVIST, item.reference_code, tmp_path / "object", "ocfl")
    report = validate(dest)
    assert not report.errors
    assert not report.warnings
    inventory = json.loads((dest / "inventory.json").read_bytes())
    assert inventory["head"] == "v2"
    digest = hashlib.sha512(scan()).hexdigest()
    assert inventory["versions"]["v2"]["state"][digest] == ["original/1"]
    assert inventory["manifest"][digest] == ["v1/content/original/1"]
    assert (dest / "v1/content/original/1").read_bytes() == scan()


def test_ocfl_py_agrees(item, tmp_path):
    dest = export_item(ARCHIVIST, item.reference_code, tmp_path / "object", "ocfl")
    program = Path(sys.executable).with_name("ocfl-validate.py")
    said = subprocess.run([sys.executable, program, dest], check=True, capture_output=True, text=True).stdout
    assert "is VALID" in said


def test_ledger_permission_state_and_place(item, tmp_path):
    with pytest.raises(NotAllowed):
        export_item(reader("cbg"), item.reference_code, tmp_path / "a")
    waiting = page_of(draft("正文"))
    with pytest.raises(Conflict) as refused:
        export_item(ARCHIVIST, waiting.working_number, tmp_path / "b")
    assert refused.value.code == "item_not_filed"
    (tmp_path / "c").mkdir()
    export_item(ARCHIVIST, item.pk, tmp_path / "c")
    with pytest.raises(Conflict) as refused:
        export_item(ARCHIVIST, item.pk, tmp_path / "c")
    assert refused.value.code == "export_not_empty"
    assert LedgerEntry.objects.filter(action="item.exported", subject=item.pk).count() == 1
    assert {path.name for path in tmp_path.iterdir()} >= {"c"}
    assert not list(tmp_path.glob("*.part"))
    assert (tmp_path / "c").stat().st_mode & 0o077 == 0
