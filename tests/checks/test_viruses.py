"""A virus scanner that is there, silent, failing, or absent; a stand-in command does what ClamAV's does."""

import getpass
import os
import shutil
import subprocess
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import settings

from harness import wait_for
from yidang.checks import course

from .conftest import page_file, paper

pytestmark = pytest.mark.django_db

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
STAND_IN = """#!/bin/sh
[ "$1" = --version ] && { echo "ClamAV 1.0.0/stand-in"; exit 0; }
found=0
for file in "$@"; do case "$file" in /proc/*)
  grep -q EICAR-STANDARD-ANTIVIRUS-TEST-FILE "$file" && { echo "$file: Eicar-Signature FOUND"; found=1; };;
esac; done
exit $found
"""


@pytest.fixture
def scanner(tmp_path, monkeypatch):
    def put(script: str):
        program = tmp_path / "clamscan"
        program.write_text(script)
        program.chmod(0o700)
        monkeypatch.setattr(settings, "YIDANG", replace(settings.YIDANG, virus_scanner=str(program)))

    return put


def results(bureau, *papers):
    run = course.screen(bureau.archivist, accession=bureau.take_in(*papers))
    return {one.code: one for one in run.results.all()}


def test_a_known_virus_is_found_and_its_record_named(bureau, scanner):
    scanner(STAND_IN)
    found = results(bureau, paper(1), replace(paper(2), files=[page_file(EICAR)]))["4-2"]
    assert (found.outcome, found.looked_at, found.flaws) == ("failed", 2, 1)
    assert found.evidence["flaws"][0]["facts"]["virus"] == "Eicar-Signature"
    assert "stand-in" in found.evidence["version"]


@pytest.mark.parametrize(
    "script", ["#!/bin/sh\nexit 2\n", "#!/bin/sh\n[ $1 = --version ] && echo x && exit 0\nexit 2\n"]
)
def test_an_engine_that_fails_gives_no_verdict(bureau, scanner, script):
    scanner(script)
    found = results(bureau, paper(1))["4-2"]
    assert (found.outcome, found.why) == ("not_run", "check_scanner_silent")


@pytest.fixture
def clamd(tmp_path, monkeypatch):
    """ClamAV's own daemon with one signature, since those of its makers come by internet alone."""
    program = shutil.which("clamd", path=f"{os.environ['PATH']}:/usr/sbin")
    if program is None:
        pytest.skip("NO CLAMD FOUND: the virus check was not tried with ClamAV itself (apt install clamav-daemon)")
    (tmp_path / "own.ndb").write_text(f"Own.Test:0:*:{EICAR.hex()}\n")
    line = Path(tempfile.mkdtemp(prefix="yd-")) / "clamd.sock"  # a socket's path may be 107 bytes long
    conf = tmp_path / "clamd.conf"
    conf.write_text(f"DatabaseDirectory {tmp_path}\nLocalSocket {line}\nForeground yes\nUser {getpass.getuser()}\n")
    daemon = subprocess.Popen([program, "--config-file", conf], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    wait_for(line.is_socket)
    monkeypatch.setattr(settings, "YIDANG", replace(settings.YIDANG, virus_scanner=str(line)))
    yield
    daemon.terminate()
    daemon.wait(30)
    shutil.rmtree(line.parent)


def test_clamav_itself_finds_it(bureau, clamd):
    found = results(bureau, paper(1), replace(paper(2), files=[page_file(EICAR)]))["4-2"]
    assert (found.outcome, found.looked_at, found.flaws) == ("failed", 2, 1)
    assert found.evidence["flaws"][0]["facts"]["virus"].startswith("Own.Test")
    assert "ClamAV" in found.evidence["version"]
