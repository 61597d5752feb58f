"""An OCFL object or storage root, wherever it lies; a packed one is laid out in a scratch folder first."""

import tempfile
from pathlib import Path

from yidang.preservation.ocfl_validator import validate
from yidang.preservation.packages.archives import DAMAGE
from yidang.preservation.packages.findings import Findings
from yidang.preservation.packages.limits import PIECE
from yidang.preservation.packages.trees import Tree


def check_ocfl(tree: Tree, path: Path, findings: Findings) -> None:
    if not tree.is_packed:
        _take(path / tree.top, findings)
        return
    with tempfile.TemporaryDirectory() as scratch:
        lay_out(tree, Path(scratch))
        _take(Path(scratch), findings)


def _take(folder: Path, findings: Findings) -> None:
    report = validate(folder)
    for one in report.errors:
        findings.error(one.code, one.path, text=f"ocfl_{one.code}", detail=one.detail)
    for one in report.warnings:
        findings.warning(one.code, one.path, text=f"ocfl_{one.code}", detail=one.detail)


def lay_out(tree: Tree, folder: Path) -> None:
    """Only paths that the tree let in are written: none leaves the folder."""
    for one in sorted(tree.folders):
        (folder / one).mkdir(parents=True, exist_ok=True)
    for path in tree.sizes:
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        left = tree.sizes[path]
        try:
            with tree.open(path) as source, target.open("xb") as sink:
                while left >= 0 and (piece := source.read(PIECE)):
                    left -= len(piece)
                    sink.write(piece)
        except (*DAMAGE, RuntimeError) as problem:
            tree.findings.error("package_unreadable", path, detail=problem)
