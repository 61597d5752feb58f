"""The command line as scripts see it: names, JSON shapes, exit codes, pure standard output."""

import io
import json
import shutil
import zipfile
from pathlib import Path

import pytest

from harness import Archive
from papers import typed_page

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]


@pytest.fixture(scope="module")
def archive():
    made = Archive(settings={"ocr_workers": 1, "job_workers": 1, "web_workers": 1, "filing_confidence": 0})
    yield made
    made.remove()


@pytest.fixture(scope="module")
def papers(tmp_path_factory) -> Path:
    """Two good files, the second one twice, and an empty one; the ZIP holds two of them."""
    folder = tmp_path_factory.mktemp("papers")
    first, second = typed_page("参保登记 甲乙丙丁", 1), typed_page("待遇审核 戊己庚辛", 2)
    (folder / "a.pdf").write_bytes(first)
    (folder / "c-empty.pdf").write_bytes(b"")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("b.pdf", second)
        archive.writestr("b-again.pdf", second)
    (folder / "rest.zip").write_bytes(packed.getvalue())
    return folder


@pytest.fixture(scope="module")
def report(archive, papers):
    outcome = archive.run("ingest", str(papers), "--series", "CBGR", "--year", "2024", "--json", timeout=300)
    return outcome.returncode, json.loads(outcome.stdout)


def test_ingest_counts_every_file_once(report):
    code, outcome = report
    assert code == 1, "something was quarantined"
    assert {"accession", "received", "accepted", "waiting", "duplicates", "quarantined", "pages", "seconds"} <= set(
        outcome
    )
    assert outcome["received"] == 4, "members of a ZIP count, the ZIP does not"
    ended = outcome["accepted"] + outcome["waiting"] + len(outcome["duplicates"]) + len(outcome["quarantined"])
    assert ended == 4
    assert [one["code"] for one in outcome["quarantined"]] == ["file_empty"]
    assert outcome["quarantined"][0]["file"] == "c-empty.pdf"
    assert outcome["quarantined"][0]["message"]


def test_the_same_bytes_again_are_named_by_their_reference_code(archive, report, papers, tmp_path):
    (tmp_path / "other-name.pdf").write_bytes((papers / "a.pdf").read_bytes())
    again = archive.json("ingest", str(tmp_path), "--series", "CBGR", "--year", "2024")
    assert again["accepted"] == 0
    assert [one["file"] for one in again["duplicates"]] == ["other-name.pdf"]
    assert archive.json("show", again["duplicates"][0]["reference_code"])["state"] == "filed"


def test_search_finds_by_words_and_not_by_their_permutation(archive, report):
    found = archive.json("search", "甲乙丙丁")
    assert found["total"] == 1
    assert set(found["hits"][0]) == {"reference_code", "title", "snippet"}
    assert archive.json("search", "丁丙乙甲") == {"total": 0, "total_exact": True, "hits": []}
    assert archive.run("search", "丁丙乙甲").returncode == 0


def test_search_as_a_person_sees_what_the_person_may_see(archive, report):
    nobody = archive.run("search", "甲乙丙丁", "--as", "nobody-here", "--json")
    assert nobody.returncode == 1
    assert json.loads(nobody.stdout)["error"]["code"] == "staff_not_found"


def test_the_limit_limits_the_hits_and_not_the_total(archive, report):
    one = archive.json("search", "series:CBGR OR 参保登记", "--limit", "1")
    assert len(one["hits"]) <= 1


def test_show_tells_description_and_history(archive, report):
    code = archive.json("search", "甲乙丙丁")["hits"][0]["reference_code"]
    record = archive.json("show", code)
    assert record["reference_code"] == code
    assert record["version"] == 1
    assert record["series"] == "CBGR"
    assert "item.filed" in [event["action"] for event in record["history"]]
    viewed = archive.json("show", code)["history"]
    assert viewed[-1]["action"] == "item.viewed", "showing it leaves its own trace"


def test_an_unknown_code_is_found_wanting(archive, report):
    outcome = archive.run("show", "J001-NOTHING", "--json")
    assert outcome.returncode == 1
    assert json.loads(outcome.stdout)["error"]["code"] == "item_not_found"


def test_series_lists_codes_titles_processes_and_years(archive):
    rows = archive.json("series")
    assert {"CBDW", "CBGR", "DYJS", "CWPZ", "XYDA"} <= {row["code"] for row in rows}
    assert all(set(row) == {"code", "title", "process", "year"} for row in rows)


def test_verify_holds_and_finds_a_flipped_bit(archive, report):
    code = archive.json("search", "甲乙丙丁")["hits"][0]["reference_code"]
    assert archive.json("verify", code)["ok"] is True
    assert archive.json("verify")["ok"] is True
    victim = max((archive.home / "store").rglob("content/*"), key=lambda path: path.stat().st_size)
    sound = victim.read_bytes()
    victim.write_bytes(sound[:100] + bytes([sound[100] ^ 1]) + sound[101:])
    damaged = archive.run("verify", "--json")
    victim.write_bytes(sound)
    assert damaged.returncode == 1
    assert json.loads(damaged.stdout)["differences"]
    assert archive.json("verify")["differences"] == []


def test_verify_names_a_lost_index_before_it_is_mended(archive, report):
    shutil.rmtree(archive.home / "index")
    damaged = archive.run("verify", "--json")
    assert damaged.returncode == 1
    assert [one["code"] for one in json.loads(damaged.stdout)["differences"]] == ["index_missing"]
    assert archive.json("verify")["ok"] is True


@pytest.mark.parametrize("kind", ["ocfl", "bagit"])
def test_export_writes_a_package(archive, report, tmp_path, kind):
    code = archive.json("search", "甲乙丙丁")["hits"][0]["reference_code"]
    assert archive.run("export", code, str(tmp_path / kind), "--format", kind).returncode == 0
    assert any((tmp_path / kind).rglob("*"))
    if kind == "ocfl":
        judged = archive.run("store", "validate", str(tmp_path / kind), "--json")
        assert json.loads(judged.stdout)["errors"] == []


def test_the_store_itself_is_valid_ocfl(archive, report):
    judged = archive.run("store", "validate", str(archive.home / "store"), "--json")
    assert judged.returncode == 0
    assert json.loads(judged.stdout)["valid"] is True


def test_a_folder_that_is_no_ocfl_is_found_wanting(archive, tmp_path):
    (tmp_path / "something").write_text("else")
    judged = archive.run("store", "validate", str(tmp_path), "--json")
    assert judged.returncode == 1
    assert json.loads(judged.stdout)["errors"][0]["code"].startswith("E")


def test_the_ledger_proves_itself_to_a_stranger(archive, report, tmp_path):
    exported, proof = tmp_path / "log", tmp_path / "proof.json"
    code = archive.json("search", "甲乙丙丁")["hits"][0]["reference_code"]
    proof.write_text(archive.run("ledger", "prove", code).stdout)
    note = archive.run("ledger", "checkpoint", "--export", str(exported))
    assert note.returncode == 0
    assert note.stdout == (exported / "checkpoint").read_text()
    checked = archive.run("ledger", "verify", str(exported), "--proof", str(proof), "--json")
    assert json.loads(checked.stdout)["holds"] is True
    tile = max((exported / "tile" / "entries").rglob("*"), key=lambda path: path.is_file() and path.stat().st_size)
    content = bytearray(tile.read_bytes())
    content[len(content) // 2] ^= 1
    tile.write_bytes(bytes(content))
    assert archive.run("ledger", "verify", str(exported)).returncode == 1


def test_a_page_proves_itself_by_its_own_file(archive, report, papers, tmp_path):
    exported, proof = tmp_path / "log", tmp_path / "proof.json"
    code = archive.json("search", "甲乙丙丁")["hits"][0]["reference_code"]
    prove = ["ledger", "prove", code, "--page", "1", "--with", str(tmp_path / "page.pdf")]
    proof.write_text(archive.run(*prove).stdout)
    assert (tmp_path / "page.pdf").read_bytes() == (papers / "a.pdf").read_bytes()
    again = archive.run(*prove)
    assert again.returncode == 1  # never over somebody's file
    assert "Traceback" not in again.stderr
    assert archive.run("ledger", "prove", code, "--with", str(tmp_path / "other.pdf")).returncode == 2
    archive.run("ledger", "checkpoint", "--export", str(exported))
    shown = ["ledger", "verify", str(exported), "--proof", str(proof), "--json", "--page"]
    assert archive.json(*shown, str(tmp_path / "page.pdf"))["page"] == {"number": 1, "count": 1}
    other = archive.run(*shown, str(papers / "rest.zip"))
    assert other.returncode == 1
    assert [one["code"] for one in json.loads(other.stdout)["findings"]] == ["page_wrong"]
    assert archive.run("ledger", "prove", code, "--page", "2").returncode == 1


def test_rebuild_brings_catalogue_and_index_back(archive, report):
    import shutil

    before = archive.json("search", "甲乙丙丁")
    aside = archive.run("rebuild", "--fresh", "--json", timeout=300)
    assert json.loads(aside.stdout)["items"] >= 2
    (former,) = archive.home.glob("postgres.*")
    assert str(former) in aside.stderr
    shutil.rmtree(former)
    shutil.rmtree(archive.home / "postgres")
    shutil.rmtree(archive.home / "index")
    outcome = archive.json("rebuild", timeout=300)
    assert outcome["items"] >= 2
    assert archive.json("search", "甲乙丙丁") == before
    assert archive.json("verify")["differences"] == []


def test_doctor_speaks_json_and_says_how_to_mend(archive, report):
    healthy = archive.json("doctor")
    assert healthy["ok"] is True, healthy
    key = next((archive.home / "keys").iterdir())
    key.chmod(0o644)
    ill = archive.run("doctor", "--json")
    key.chmod(0o600)
    assert ill.returncode == 1
    finding = next(one for one in json.loads(ill.stdout)["checks"] if one["state"] == "wrong")
    assert finding["check"] == "key_files"
    assert "chmod 600" in finding["remedy"]


@pytest.mark.parametrize(
    "arguments",
    [
        ["ingest"],
        ["ingest", "/nowhere", "--series", "CBGR"],
        ["export", "X", "/tmp/x"],
        ["export", "X", "/tmp/x", "--format", "zip"],
        ["search"],
        ["search", "x", "--limit", "many"],
        ["nonsense"],
        ["serve", "--port", "99999999"],
        ["ledger", "verify", "/nowhere"],
    ],
)
def test_wrong_usage_ends_with_two(archive, arguments):
    outcome = archive.run(*arguments)
    assert outcome.returncode == 2
    assert outcome.stdout == ""
    assert "Traceback" not in outcome.stderr


def test_an_unknown_series_is_wrong_usage_and_the_known_ones_are_named(archive, papers):
    outcome = archive.run("ingest", str(papers), "--series", "NOPE")
    assert outcome.returncode == 2
    assert "CBGR" in outcome.stderr


def test_the_help_speaks_both_languages(archive):
    assert "Usage:" in archive.run("ingest", "--help", language="en").stdout
    chinese = archive.run("ingest", "--help", language="zh-hans").stdout
    assert "用法" in chinese
    assert "Usage" not in chinese
    assert "接收" in chinese
