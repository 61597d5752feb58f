"""A token of SoftHSM2 for a test. The library comes from Debian's `softhsm2`; where it is missing the test says so."""

import shutil
import subprocess
from pathlib import Path

import pytest

_LIBRARIES = ("/usr/lib/softhsm/libsofthsm2.so", "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so")
PIN = "123456"


def token(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, name: str = "Yidang") -> str:
    """The address of a token of its own, without a key in it yet."""
    library = next((path for path in _LIBRARIES if Path(path).exists()), None)
    if library is None or shutil.which("softhsm2-util") is None:
        pytest.skip("NO SOFTHSM2: the PKCS#11 root key was not tested (apt-get install softhsm2)")
    folder = tmp_path / "softhsm"
    (folder / "tokens").mkdir(parents=True, exist_ok=True)
    (folder / "softhsm2.conf").write_text(f"directories.tokendir = {folder}/tokens\nlog.level = ERROR\n")
    monkeypatch.setenv("SOFTHSM2_CONF", str(folder / "softhsm2.conf"))
    (folder / "pin").write_text(PIN + "\n")
    _restart_library(library)
    command = ["softhsm2-util", "--init-token", "--free", "--label", name, "--pin", PIN, "--so-pin", "87654321"]
    subprocess.run(command, check=True, capture_output=True)
    _restart_library(library)
    return f"pkcs11:token={name};object=yidang-root?module-path={library}&pin-source={folder}/pin"


def _restart_library(library: str) -> None:
    """The library reads its settings and lists its tokens once, when it is loaded."""
    import pkcs11

    pkcs11.lib(library).reinitialize()
