"""Two copies, proved with the real program: copied while people work, checked, restored, rehearsed, killed."""

import random
import shutil
import time
from pathlib import Path

import pytest

from harness import Archive, kill_tree
from papers import typed_page

pytestmark = pytest.mark.slow
SETTINGS = {"ocr_workers": 1, "job_workers": 1, "web_workers": 1, "filing_confidence": 0}


def draw(folder: Path, numbers: range) -> Path:
    folder.mkdir(exist_ok=True)
    for number in numbers:
        (folder / f"{number:04}.pdf").write_bytes(typed_page("基本医疗保险参保登记表", number))
    return folder


def ingest(archive: Archive, folder: Path) -> None:
    report = archive.json("ingest", str(folder), "--series", "CBGR", "--year", "2024", timeout=300)
    assert report["quarantined"] == []


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    made = Archive(settings=dict(SETTINGS))
    ingest(made, draw(tmp_path_factory.mktemp("papers") / "first", range(6)))
    yield made
    made.remove()


@pytest.fixture
def places(tmp_path):
    return tmp_path / "copies", tmp_path / "keys"


def back_up(archive: Archive, places: tuple[Path, Path]) -> dict:
    outcome = archive.json("backup", "run", "--to", str(places[0]), "--keys-to", str(places[1]))
    assert "error" not in outcome, outcome
    return outcome


@pytest.fixture
def restored(archive):
    empty = Archive(settings=dict(SETTINGS))
    yield empty
    empty.remove()


def restore(empty: Archive, archive: Archive, places: tuple[Path, Path], *options: str) -> dict:
    root = archive.home / "keys" / "root.key"
    where = ("--from", str(places[0]), "--keys-from", str(places[1]), "--root-key", str(root))
    return empty.json("backup", "restore", *where, *options, timeout=300)


def test_what_was_copied_while_records_came_in_is_one_moment(archive, places, restored, tmp_path):
    archive.serve()
    try:
        coming = archive.spawn(
            "ingest", str(draw(tmp_path / "second", range(100, 160))), "--series", "CBGR", "--year", "2024"
        )
        time.sleep(2)
        runs = [back_up(archive, places) for _ in range(3)]
        assert coming.wait(200) == 0
    finally:
        archive.end()
    assert [one["ok"] for one in runs] == [True] * 3
    chosen = runs[1]["run"]
    outcome = restore(restored, archive, places, "--run", chosen)
    assert outcome["differences"] == []
    assert restored.json("verify")["differences"] == []
    assert 6 <= outcome["objects"] <= 66
    filed = restored.ask("models.Item.objects.filter(state='filed').count()")
    staged = restored.ask("models.Item.objects.exclude(state='filed').count()")
    assert filed + staged >= outcome["objects"]


def test_the_drill_proves_it_and_leaves_nothing(archive, places):
    back_up(archive, places)
    where = ("--from", str(places[0]), "--keys-from", str(places[1]))
    outcome = archive.json("backup", "drill", *where, timeout=300)
    assert outcome["differences"] == []
    assert outcome["objects"] >= 6
    assert outcome["rto_seconds"] > 0
    assert not (archive.home / "drill").exists()
    assert archive.json("backup", "check", *where)["differences"] == []
    status = archive.run("backup", "status", "--json", backup_to=places[0], backup_keys_to=places[1])
    assert status.returncode == 0, status.stdout


def test_any_moment_since_the_run_can_be_restored(archive, places, restored, tmp_path):
    archive.settings["backup_to"] = places[0]
    try:
        back_up(archive, places)
        ingest(archive, draw(tmp_path / "third", range(200, 203)))
        run = back_up(archive, places)
        archive.ask(
            "__import__('yidang.site.copies.keeping').site.copies.keeping.ship("
            "__import__('django.conf').conf.settings.YIDANG)"
        )
    finally:
        del archive.settings["backup_to"]
    earlier = min(path.name for path in (places[0] / "runs").iterdir())
    outcome = restore(restored, archive, places, "--run", earlier, "--until", "latest")
    missing = [one["code"] for one in outcome["differences"]]
    assert missing == ["copy_object_missing"] * 3  # the older run's packs do not hold them; the database does
    assert restored.ask("models.Item.objects.filter(state='filed').count()") == run["objects"]


def test_keys_and_the_rest_are_never_in_one_place(archive, tmp_path):
    for keys in (tmp_path / "copies", tmp_path / "copies" / "keys", tmp_path):
        done = archive.run("backup", "run", "--to", str(tmp_path / "copies"), "--keys-to", str(keys))
        assert done.returncode == 1
        assert "apart" in done.stderr
    assert not (tmp_path / "copies").exists()


def test_a_damaged_copy_is_found_and_made_good_by_the_next_run(archive, places):
    back_up(archive, places)
    path = next((places[0] / "packs").rglob("*/*"))
    data = bytearray(path.read_bytes())
    data[len(data) // 3] ^= 4
    path.write_bytes(data)
    where = ("--from", str(places[0]), "--keys-from", str(places[1]))
    found = archive.run("backup", "check", *where, "--repair", "--json")
    assert found.returncode == 1
    assert str(path.relative_to(places[0])) in found.stdout
    back_up(archive, places)
    outcome = archive.json("backup", "drill", *where, timeout=300)
    assert outcome["differences"] == []


def test_a_place_put_back_to_an_older_state_is_told(archive, places, tmp_path):
    back_up(archive, places)
    shutil.copytree(places[0], tmp_path / "yesterday")
    back_up(archive, places)
    shutil.rmtree(places[0])
    shutil.copytree(tmp_path / "yesterday", places[0])
    found = archive.json("backup", "check", "--from", str(places[0]))
    assert [one["code"] for one in found["differences"]] == ["copy_run_missing"]


def test_a_damaged_record_is_put_right_from_the_copies(archive, places):
    back_up(archive, places)
    path = next((archive.home / "store").glob("*/*/v1/content/*"))
    good = path.read_bytes()
    path.write_bytes(good[:50] + b"\0" + good[51:])
    assert archive.json("backup", "heal", "--from", str(places[0]))["files"] == 1
    assert path.read_bytes() == good
    assert archive.json("verify")["differences"] == []


def test_runs_and_restores_killed_at_any_moment_harm_nothing(archive, places, restored):
    back_up(archive, places)
    chance = random.Random(7)
    for _ in range(3):
        process = archive.spawn("backup", "run", "--to", str(places[0]), "--keys-to", str(places[1]))
        time.sleep(chance.uniform(0.8, 3.5))
        kill_tree(process)
    where = ("--from", str(places[0]), "--keys-from", str(places[1]))
    assert archive.json("backup", "check", *where)["differences"] == []
    assert back_up(archive, places)["ok"]
    root = str(archive.home / "keys" / "root.key")
    for _ in range(3):
        process = restored.spawn("backup", "restore", *where, "--root-key", root)
        time.sleep(chance.uniform(0.8, 4))
        if process.poll() is None:
            kill_tree(process)
            refused = restored.run("series")
            assert refused.returncode == 1 or not (restored.home / "restore-unfinished").exists()
    if (restored.home / "restore-unfinished").exists() or not (restored.home / "store").exists():
        assert restore(restored, archive, places)["differences"] == []
    assert restored.json("verify")["differences"] == []


def test_a_restore_wants_an_empty_folder_and_the_root_key(archive, places, restored):
    back_up(archive, places)
    full = archive.run("backup", "restore", "--from", str(places[0]))
    assert full.returncode == 1
    assert "not empty" in full.stderr
    bare = restored.run("backup", "restore", "--from", str(places[0]))
    assert bare.returncode == 1
    assert "root key" in bare.stderr


def test_a_drill_leaves_the_live_register_behind_where_one_file_is_the_root_key() -> None:
    from yidang.site.copies.drilling import _left_behind

    assert _left_behind("", ["root.key", "register.json"]) == {"register.json"}
    assert _left_behind("", ["root.sealed", "register.json"]) == {"register.json"}
    assert _left_behind("", ["root.key", "register.json", "retired-1"]) == set()
    assert _left_behind("", ["register.json"]) == set()
