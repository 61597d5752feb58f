"""From the command line: a statement and a dispute file about a record, and what a stranger makes of them."""

import subprocess
import sys
import zipfile
from collections.abc import Iterator

import pytest
from reportlab.pdfgen.canvas import Canvas

from harness import Archive


@pytest.fixture(scope="module")
def archive() -> Iterator[Archive]:
    made = Archive()
    made.settings |= {"filing_confidence": 0}  # anything is certain enough to be filed without a person
    yield made
    made.remove()


@pytest.fixture(scope="module")
def code(archive: Archive, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Of a record that was born digital: nobody waits for the reading engine."""
    folder = tmp_path_factory.mktemp("papers")
    canvas = Canvas(str(folder / "one.pdf"))
    for row in range(20):
        canvas.drawString(60, 780 - 30 * row, "patient hospital settlement list fund payment diagnosis")
    canvas.save()
    done = archive.run("ingest", str(folder), "--series", "CBGR", "--json", timeout=280)
    assert done.returncode == 0, done.stdout + done.stderr
    return archive.ask("models.Item.objects.get(state='filed').reference_code")


def test_a_statement_is_issued_checked_and_revoked(archive, code, tmp_path):
    issued = archive.json("statement", "issue", code, "--pdf", str(tmp_path / "s.pdf"))
    assert (tmp_path / "s.pdf").read_bytes().startswith(b"%PDF")
    assert archive.json("statement", "check", issued["address"])["statement"].count(code) == 1
    assert archive.run("statement", "revoke", issued["number"], "--reason", "error").returncode == 0
    checked = archive.run("statement", "check", issued["address"])
    assert (checked.returncode, "revoked" in checked.stdout) == (1, True)
    assert archive.run("statement", "check", "12345").returncode == 1
    assert archive.run("statement", "revoke", issued["number"], "--reason", "whim").returncode == 2


def test_a_dispute_file_is_written_whole_and_holds(archive, code, tmp_path):
    done = archive.run("ledger", "dispute", code, str(tmp_path / "case.zip"))
    assert done.returncode == 0, done.stderr
    zipfile.ZipFile(tmp_path / "case.zip").extractall(tmp_path / "case")
    told = subprocess.run(
        [sys.executable, "verify.py"], cwd=tmp_path / "case", capture_output=True, text=True, check=False
    )
    assert "结论：全部成立。" in told.stdout, told.stdout + told.stderr
    assert archive.run("ledger", "dispute", code, str(tmp_path / "case.zip")).returncode == 1
    assert archive.run("ledger", "dispute", "J001-NOPE", str(tmp_path / "other.zip")).returncode == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["case", "case.zip"]
