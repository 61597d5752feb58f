"""Copies the browser libraries into the tree, with their licences and a lock of what was taken.

npm install --prefix DIR --ignore-scripts bootstrap@5.3.9 htmx.org@2.0.11 openseadragon@6.1.0 @tabler/icons@3.51.0
npm install --prefix DIR --ignore-scripts tweetnacl@1.0.3 jsqr@1.4.0
python tools/vendor_assets.py DIR/node_modules
"""

import hashlib
import json
import re
import sys
from pathlib import Path

VENDOR = Path(__file__).resolve().parent.parent / "src/yidang/site/static/vendor"

FILES = {
    "bootstrap": ("dist/css/bootstrap.min.css", "dist/js/bootstrap.bundle.min.js", "LICENSE"),
    "htmx.org": ("dist/htmx.min.js", "LICENSE"),
    "jsqr": ("dist/jsQR.js", "LICENSE"),
    "tweetnacl": ("nacl-fast.min.js", "LICENSE"),
    "openseadragon": ("build/openseadragon/openseadragon.min.js", "LICENSE.txt"),
    "@tabler/icons": ("LICENSE",),
}

ICONS = (VENDOR / "tabler/icons.txt").read_text(encoding="utf-8").split()

# A map file would be larger than the library, and the manifest storage refuses a reference to a file that is not there.
SOURCE_MAP = re.compile(rb"\n?(/\*|//)# sourceMappingURL=[^\n]*")
INVISIBLE_FRAME = '<path stroke="none" d="M0 0h24v24H0z" fill="none" />'


def main(modules: Path) -> None:
    lock = [entry for package in FILES for entry in copy(modules, package)]
    lock.append(draw_sprite(modules))
    (VENDOR / "vendor.lock").write_text(json.dumps(lock, indent=2) + "\n", encoding="utf-8")


def copy(modules: Path, package: str) -> list[dict[str, str]]:
    return [
        write(f"{folder(package)}/{Path(name).name}", SOURCE_MAP.sub(b"", (modules / package / name).read_bytes()))
        | origin(modules, package)
        for name in FILES[package]
    ]


def draw_sprite(modules: Path) -> dict[str, str]:
    symbols = [symbol(modules / "@tabler/icons/icons/outline" / f"{name}.svg") for name in ICONS]
    sprite = '<svg xmlns="http://www.w3.org/2000/svg">\n' + "\n".join(symbols) + "\n</svg>\n"
    return write("tabler/icons.svg", sprite.encode()) | origin(modules, "@tabler/icons")


def symbol(drawing: Path) -> str:
    lines = drawing.read_text(encoding="utf-8").replace(INVISIBLE_FRAME, "").split(">", 1)[1]
    paths = "".join(line.strip() for line in lines.removesuffix("</svg>\n").splitlines()).removesuffix("</svg>")
    return f'<symbol id="{drawing.stem}" viewBox="0 0 24 24">{paths}</symbol>'


def write(name: str, content: bytes) -> dict[str, str]:
    target = VENDOR / name
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)
    return {"file": name, "sha256": hashlib.sha256(content).hexdigest()}


def origin(modules: Path, package: str) -> dict[str, str]:
    about = json.loads((modules / package / "package.json").read_text(encoding="utf-8"))
    return {"package": package, "version": about["version"], "licence": about["license"]}


def folder(package: str) -> str:
    return {"htmx.org": "htmx", "@tabler/icons": "tabler"}.get(package, package)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
