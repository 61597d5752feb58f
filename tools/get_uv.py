"""Puts uv into `.uv/` of the checkout when the machine has none: with pip if there is one, else from PyPI directly.

Standard library only, writes nowhere else, needs no root rights, no venv and no ensurepip.
"""

import hashlib
import io
import json
import os
import platform
import subprocess
import sys
import urllib.request
import zipfile
from pathlib import Path

TARGET = Path(__file__).resolve().parent.parent / ".uv"
INDEX = os.environ.get("PIP_INDEX_URL", "https://pypi.org/simple").rstrip("/")


def main() -> None:
    if sys.version_info < (3, 11):
        sys.exit(f"Yidang needs Python 3.11 or newer; {sys.executable} is {platform.python_version()}.")
    if not (with_pip() or from_index()):
        sys.exit("Could not fetch uv. Install it (https://docs.astral.sh/uv/) or python3-pip, then run make again.")


def with_pip() -> bool:
    """Pip honours the machine's own mirror; `--target` is allowed on externally managed systems (PEP 668)."""
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--upgrade", "--target", str(TARGET), "uv"]
    done = subprocess.run(command, check=False, stderr=subprocess.DEVNULL).returncode == 0
    return done and (TARGET / "bin" / "uv").exists()


def from_index() -> bool:
    try:
        wheel = newest_wheel()
        with urllib.request.urlopen(wheel["url"], timeout=180) as answer:
            content = answer.read()
    except (OSError, LookupError, ValueError) as problem:
        print(f"{INDEX}: {problem}", file=sys.stderr)
        return False
    if hashlib.sha256(content).hexdigest() != wheel["hashes"]["sha256"]:
        sys.exit(f"{wheel['filename']} does not have the digest that {INDEX} names.")
    unpack(content)
    return True


def newest_wheel() -> dict:
    """The newest wheel of the index page (PEP 691) that fits this machine."""
    ask = urllib.request.Request(f"{INDEX}/uv/", headers={"Accept": "application/vnd.pypi.simple.v1+json"})
    with urllib.request.urlopen(ask, timeout=60) as answer:
        files = json.load(answer)["files"]
    libc = "manylinux" if platform.libc_ver()[0] == "glibc" else "musllinux"
    tail = f"_{platform.machine()}.whl"
    fitting = [f for f in files if f["filename"].endswith(tail) and libc in f["filename"] and not f.get("yanked")]
    return max(fitting, key=lambda f: version_of(f["filename"]))


def version_of(wheel: str) -> tuple[int, ...]:
    """`uv-0.9.12-py3-none-….whl` → (0, 9, 12); a pre-release sorts before every release."""
    return tuple(int(part) if part.isdigit() else -1 for part in wheel.split("-")[1].split("."))


def unpack(content: bytes) -> None:
    (TARGET / "bin").mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(io.BytesIO(content)) as wheel:
        inside = next(name for name in wheel.namelist() if name.endswith("/scripts/uv"))
        program = TARGET / "bin" / "uv"
        program.write_bytes(wheel.read(inside))
        program.chmod(0o755)


if __name__ == "__main__":
    main()
