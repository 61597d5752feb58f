"""Makes one file with which a house without internet installs or upgrades: `make bundle` → dist/yidang-….bundle.

The file is a ZIP that Python runs: the installer, uv, and every wheel that uv.lock names, each with its digest.
Needs the network once, here; where it is installed nothing is fetched.
"""

import argparse
import hashlib
import platform
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
EXTRAS = ("s3", "rfc3161", "evm", "pkcs11")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--uv", default=shutil.which("uv") or str(ROOT / ".uv" / "bin" / "uv"))
    parser.add_argument("--source", type=Path, default=ROOT, help="the checkout whose wheel is built")
    parser.add_argument("--wheels", type=Path, help="a folder that keeps the dependencies' wheels between two bundles")
    parser.add_argument("--out", type=Path, default=ROOT / "dist")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        kept = chosen.wheels or Path(folder, "wheels")
        own = build_own_wheel(chosen.uv, chosen.source, Path(folder, "own"))
        pinned = export_pins(chosen.uv, chosen.source, Path(folder, "requirements.txt"))
        gather(chosen.uv, pinned, kept)
        print(pack(chosen.out, own, pinned, kept, Path(chosen.uv)))


def build_own_wheel(uv: str, source: Path, out: Path) -> Path:
    call(uv, "build", "--quiet", "--wheel", "--out-dir", str(out), str(source))
    return next(out.glob("yidang-*.whl"))


def export_pins(uv: str, source: Path, path: Path) -> Path:
    extras = [part for extra in EXTRAS for part in ("--extra", extra)]
    options = ["--quiet", "--frozen", "--no-dev", "--no-emit-project", *extras]
    call(uv, "export", *options, "-o", str(path), at=source)
    return path


def gather(uv: str, pinned: Path, folder: Path) -> None:
    """Wheels of exactly the pinned digests; what its author only publishes as source is built here."""
    folder.mkdir(parents=True, exist_ok=True)
    mark = folder / "gathered"
    if mark.exists() and mark.read_text() == digest(pinned):
        return
    options = ["--quiet", "--disable-pip-version-check", "--no-deps", "--require-hashes", "--find-links", str(folder)]
    pip = [uv, "tool", "run", "--quiet", "--python", sys.executable, "pip"]
    call(*pip, "wheel", *options, "-r", str(pinned), "-w", str(folder))
    mark.write_text(digest(pinned))


def pack(out: Path, own: Path, pinned: Path, wheels: Path, uv: Path) -> Path:
    out.mkdir(parents=True, exist_ok=True)
    machine = f"{platform.system().lower()}-{platform.machine()}-py{sys.version_info.major}{sys.version_info.minor}"
    version = own.name.split("-")[1]
    bundle = out / f"yidang-{version}-{machine}.bundle"
    content = {f"wheels/{path.name}": path for path in sorted(wheels.glob("*.whl"))}
    content |= {f"wheels/{own.name}": own, "uv": uv}
    with zipfile.ZipFile(bundle, "w", zipfile.ZIP_STORED) as packed:
        for name, path in content.items():
            packed.write(path, name)
        packed.writestr("requirements.txt", unhashed(pinned) + f"yidang=={version}\n")
        packed.writestr("SHA256SUMS", "".join(f"{digest(path)}  {name}\n" for name, path in content.items()))
        packed.writestr("VERSION", f"{version}\n")
        packed.write(Path(__file__).with_name("installer.py"), "__main__.py")
    bundle.chmod(0o755)
    return bundle


def unhashed(pinned: Path) -> str:
    """The wheels are held against SHA256SUMS; one built here from source has no published digest."""
    lines = (line.split("--hash")[0].rstrip(" \\") for line in pinned.read_text().splitlines())
    return "".join(f"{line}\n" for line in lines if line.strip() and not line.lstrip().startswith("#"))


def digest(path: Path) -> str:
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def call(*command: str, at: Path | None = None) -> None:
    subprocess.run(command, cwd=at, check=True)


if __name__ == "__main__":
    main()
