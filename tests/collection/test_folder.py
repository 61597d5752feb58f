"""The watched folder: taken when whole, refused with a reason, never followed out of the house."""

import json
from dataclasses import replace

import pytest
from django.conf import settings as house

from yidang.collection.capture import folder, systems
from yidang.collection.models import Case
from yidang.crypto.sm import sm3
from yidang.holdings.models import Item
from yidang.intake import jobs
from yidang.preservation import staging

from .conftest import FILES, words


@pytest.fixture
def watched(tmp_path, monkeypatch, entered):
    place = tmp_path / "incoming"
    place.mkdir()
    monkeypatch.setattr(house, "YIDANG", replace(house.YIDANG, capture_folder=str(place)))
    return place


def lay(place, name="一案", files=None, **changed):
    made = place / name
    made.mkdir()
    files = FILES if files is None else files
    for file, data in files.items():
        (made / file).write_bytes(data)
    manifest = words() | {"system": "hsa", "sm3": {file: sm3(data).hex() for file, data in FILES.items()}} | changed
    (made / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    return made


def pick_up() -> int:
    with jobs.inline() as inline:
        count = folder.pick_up()
        inline.run()
    return count


def why(place, name="一案") -> str:
    return (place / "failed" / name / folder.MESSAGE).read_text(encoding="utf-8")


def test_a_whole_case_is_taken_and_its_folder_is_gone(watched):
    laid = lay(watched)

    assert pick_up() == 1
    assert not laid.exists()
    assert not list((watched / ".taken").iterdir())
    assert Item.objects.get().files.count() == 2
    assert Case.objects.get().accession.channel == "folder"
    assert pick_up() == 0


def test_a_case_still_being_written_is_left_alone(watched):
    laid = lay(watched, files={"list.pdf": FILES["list.pdf"], "discharge.pdf": FILES["discharge.pdf"][:100]})

    assert pick_up() == 0
    assert laid.is_dir()
    (laid / "discharge.pdf").write_bytes(FILES["discharge.pdf"])
    assert pick_up() == 1


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"system": "unknown"}, "folder_system_unknown"),
        ({"closed_on": "yesterday"}, "case_words_wrong"),
        ({"sm3": {}}, "case_files_differ"),
        ({"sm3": {"../x.pdf": "00"}}, "manifest_wrong"),
        ({"series": "NIX"}, "series_not_found"),
    ],
)
def test_what_is_wrong_goes_aside_with_words_that_help(watched, changed, code):
    lay(watched, **changed)

    assert pick_up() == 1
    assert code in why(watched)
    assert "张三" not in why(watched), "the message names nobody"
    assert not Case.objects.exists()
    assert not list(staging.staging_ids())


def test_no_json_is_told_as_such(watched):
    laid = lay(watched)
    (laid / "manifest.json").write_text("{", encoding="utf-8")
    pick_up()
    assert "manifest_wrong" in why(watched)


def test_a_link_is_never_followed(watched, tmp_path):
    secret = tmp_path / "secret.pdf"
    secret.write_bytes(FILES["list.pdf"])
    laid = lay(watched)
    (laid / "list.pdf").unlink()
    (laid / "list.pdf").symlink_to(secret)

    pick_up()
    assert "manifest_wrong" in why(watched)
    assert not Case.objects.exists()


def test_what_a_dead_process_left_aside_is_taken_up(watched):
    laid = lay(watched)
    (watched / ".taken").mkdir()
    laid.rename(watched / ".taken" / "0123")

    assert pick_up() == 1
    assert Case.objects.count() == 1


def test_a_revoked_system_files_nothing(watched, bureau, entered):
    systems.revoke(bureau.system, system_id=entered.system.pk)
    lay(watched)
    pick_up()
    assert "folder_system_unknown" in why(watched)
