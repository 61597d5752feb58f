"""A stranger unpacks the file on a machine without this program, and Python says what holds."""

import base64
import hashlib
import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from yidang.access import certifying
from yidang.access.dispute import build_dispute
from yidang.holdings import operations
from yidang.identity.policy import SYSTEM
from yidang.kernel.errors import Conflict, Invalid, NotAllowed
from yidang.ledger import queries as ledger
from yidang.ledger.operations import sequence

from .pictures import scan
from .records import ARCHIVIST, archive, describing, draft, page_of, reader

pytestmark = pytest.mark.usefixtures("scheme")


@pytest.fixture(name="items")
def _items():
    made = archive(
        draft("高血压\n二级", "第二页", title="王小明登记表", person_name="王小明", data=scan()),
        draft("糖尿病", title="李红申请表", person_name="李红", data=scan() + b"x"),
    )
    changed = describing("王小明参保登记表", person_name="王小明")
    operations.save_description(SYSTEM, item_id=made[0].pk, description=changed, reason="改题名")
    certifying.state_no_change(ARCHIVIST, made[0].pk)
    return made


@pytest.fixture(name="folder")
def _folder(items, tmp_path):
    sink = io.BytesIO()
    heard = []
    build_dispute(ARCHIVIST, [item.reference_code for item in items], sink, lambda *step: heard.append(step))
    assert heard == [(0, 2), (1, 2), (2, 2)]
    zipfile.ZipFile(sink).extractall(tmp_path / "case")
    return tmp_path / "case"


def verify(folder: Path, *arguments: str):
    """With nothing of ours to import, and no site packages: only what Python brings."""
    command = [sys.executable, "-I", "-S", "verify.py", *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=120)
    return done.returncode, done.stdout + done.stderr


def test_all_holds_and_the_report_says_so_in_chinese(folder):
    code, told = verify(folder)
    assert (code, "结论：全部成立。" in told) == (0, True), told
    assert "档案：2 件，3 个版本" in told
    assert "证明：1 份" in told


def test_the_records_are_there_to_be_read(folder, items):
    assert (folder / "records/0001/original/0001.jpg").read_bytes() == scan()
    assert (folder / "records/0001/text/0001.txt").read_text(encoding="utf-8") == "高血压\n二级"
    report = (folder / "report.html").read_text(encoding="utf-8")
    assert "王小明参保登记表" in report
    assert items[1].reference_code in report
    assert "归档" in report
    assert (folder / "report.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize(
    ("name", "needle"),
    [
        ("records/0001/original/0001.jpg", "原件"),
        ("records/0001/versions/0001/description.json", "著录"),
        ("ledger/events.json", "账本第"),
        ("report.html", "文件被改动"),
    ],
)
def test_what_was_altered_is_named_even_with_a_new_manifest(folder, name, needle):
    path = folder / name
    if name.endswith("events.json"):
        path.write_text(path.read_text(encoding="utf-8").replace("item.filed", "item.moved", 1), encoding="utf-8")
    elif name.endswith(".json"):
        path.write_text(path.read_text(encoding="utf-8").replace("王小明", "王大明", 1), encoding="utf-8")
    else:
        path.write_bytes(path.read_bytes() + b"!")
    if needle != "文件被改动":
        renew(folder, name)
    code, told = verify(folder)
    assert code == 1
    assert needle in told, told


@pytest.mark.parametrize(
    "name",
    [
        "records/0001/text/0001.txt",
        "records/0001/provenance.json",
        "report.html",
        "ledger/log.json",
        "statements/revocations.cose",
    ],
)
def test_what_the_ledger_does_not_commit_to_is_held_by_the_signed_manifest(folder, name):
    path = folder / name
    path.write_bytes(path.read_bytes() + b" ")
    renew(folder, name)
    code, told = verify(folder)
    assert (code, "清单的签名不成立" in told) == (1, True), told


def test_a_page_slipped_in_is_named_and_a_note_beside_the_parcel_is_not_held_against_it(folder):
    (folder / "keys-of-the-archive.txt").write_text("kept here by who checks")
    code, told = verify(folder)
    assert (code, "清单之外的文件" in told) == (0, True), told
    (folder / "records/0001/original/0002.jpg").write_bytes(scan())
    code, told = verify(folder)
    assert (code, "清单之外的文件 records/0001/original/0002.jpg" in told) == (1, True), told


def test_an_event_left_out_is_named_even_with_a_new_manifest(folder):
    path = folder / "ledger/events.json"
    path.write_text(json.dumps(json.loads(path.read_text(encoding="utf-8"))[:-1]), encoding="utf-8")
    renew(folder, "ledger/events.json")
    assert "清单的签名不成立" in verify(folder)[1]


def renew(folder: Path, name: str) -> None:
    """As a forger would: the digest in the manifest is brought up to the altered file."""
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    manifest["files"][name]["sha256"] = hashlib.sha256((folder / name).read_bytes()).hexdigest()
    (folder / "manifest.json").write_text(json.dumps(manifest, ensure_ascii=False), encoding="utf-8")


def test_another_archives_keys_do_not_hold_it(folder):
    keys = (folder / "ledger/keys").read_text(encoding="utf-8").splitlines()
    (folder.parent / "trusted").write_text(keys[0] + "\n", encoding="utf-8")
    code, told = verify(folder, "--keys", str(folder.parent / "trusted"))
    assert (code, "公钥不齐" in told) == (1, True)


def test_it_is_told_in_the_ledger_before_it_is_made(items):
    class Broken(io.BytesIO):
        def write(self, _data):
            raise OSError(28, "disk full")

    with pytest.raises(OSError, match="disk full"):
        build_dispute(ARCHIVIST, [items[0].reference_code], Broken())
    assert ledger.history(items[0].pk)[-1].action == "dispute.exported"


def test_only_who_may_take_records_away(items):
    with pytest.raises(NotAllowed):
        build_dispute(reader("CB"), [items[0].reference_code], io.BytesIO())
    with pytest.raises(Invalid, match="dispute_empty"):
        build_dispute(ARCHIVIST, [], io.BytesIO())
    waiting = page_of(draft("草稿", data=scan() + b"y"))
    with pytest.raises(Conflict, match="item_not_filed"):
        build_dispute(ARCHIVIST, [waiting.pk], io.BytesIO())


def test_an_outside_record_is_tied_to_the_checkpoint(items, tmp_path, home):
    sequence()
    head = ledger.checkpoint()
    anchors = home / "ledger" / "anchors"
    anchors.mkdir(exist_ok=True)
    record = {"size": head.size, "root": base64.b64encode(head.root).decode(), "at": "2026-11-22T00:00:00.000000Z"}
    (anchors / "file-x.jsonl").write_text(json.dumps(record | {"oldest_at": None, "evidence": {}}) + "\n")
    sink = io.BytesIO()
    build_dispute(ARCHIVIST, [items[0].pk], sink)
    zipfile.ZipFile(sink).extractall(tmp_path / "seen")
    code, told = verify(tmp_path / "seen")
    assert (code, f"见过前 {head.size} 条" in told) == (0, True), told
    outside = json.loads((tmp_path / "seen/ledger/outside.json").read_text())
    outside["file-x"]["record"]["root"] = base64.b64encode(bytes(32)).decode()
    (tmp_path / "seen/ledger/outside.json").write_text(json.dumps(outside))
    assert "不是本账本的开头部分" in verify(tmp_path / "seen")[1]
