"""Puts the Chinese font of statements and reports together from the pieces that npm carries.

npm install --prefix DIR --ignore-scripts @fontsource/noto-sans-sc@5
uv run --no-project --with fonttools,brotli tools/statement_font.py DIR/node_modules/@fontsource/noto-sans-sc

The pieces are one font cut up for browsers; only outlines, widths and the character map are kept.
"""

import hashlib
import json
import sys
import tempfile
from pathlib import Path

from fontTools.merge import Merger
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

TARGET = Path(__file__).resolve().parent.parent / "src/yidang/ledger/statements/data"
KEPT = {"GlyphOrder", "head", "hhea", "maxp", "OS/2", "hmtx", "cmap", "loca", "glyf", "name", "post"}


def main(package: Path) -> None:
    pieces = sorted(package.glob("files/noto-sans-sc-[0-9]*-400-normal.woff2"))
    pieces.append(package / "files/noto-sans-sc-latin-400-normal.woff2")
    with tempfile.TemporaryDirectory() as folder:
        plain = [plainly(piece, Path(folder)) for piece in pieces]
        font = Merger().merge([str(one) for one in plain])
    TARGET.mkdir(exist_ok=True)
    font.save(TARGET / "NotoSansSC-Regular.ttf")
    (TARGET / "NotoSansSC-LICENSE.txt").write_bytes((package / "LICENSE").read_bytes())
    about = json.loads((package / "package.json").read_text(encoding="utf-8"))
    lock = {
        "file": "NotoSansSC-Regular.ttf",
        "sha256": hashlib.sha256((TARGET / "NotoSansSC-Regular.ttf").read_bytes()).hexdigest(),
        "package": about["name"],
        "version": about["version"],
        "licence": about["license"],
        "characters": len(font.getBestCmap()),
    }
    (TARGET / "font.lock").write_text(json.dumps(lock, indent=2) + "\n", encoding="utf-8")


def plainly(piece: Path, folder: Path) -> Path:
    font = TTFont(piece)
    for table in set(font.keys()) - KEPT:
        del font[table]
    options = Options(hinting=False, glyph_names=False, notdef_outline=True)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=font.getBestCmap())
    subsetter.subset(font)
    font.flavor = None
    made = folder / f"{piece.stem}.ttf"
    font.save(made)
    return made


if __name__ == "__main__":
    main(Path(sys.argv[1]))
