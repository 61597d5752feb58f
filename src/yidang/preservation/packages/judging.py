"""Whether a package holds, of whatever form it is."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from yidang.preservation.packages.archives import DAMAGE
from yidang.preservation.packages.bagit.validating import check_bag
from yidang.preservation.packages.bagit.words import manifest_name
from yidang.preservation.packages.csip.validating import check_csip
from yidang.preservation.packages.eep.validating import check_eep
from yidang.preservation.packages.findings import Finding, Findings
from yidang.preservation.packages.nested import nested_packages
from yidang.preservation.packages.ocfl.validating import check_ocfl
from yidang.preservation.packages.trees import Tree, opened

UNKNOWN = "unknown"
_MOST_TOLD, _LONGEST_PATH = 3, 120


@dataclass(frozen=True)
class Verdict:
    """`form`: eep, eark, bagit, ocfl or unknown."""

    form: str
    errors: tuple[Finding, ...]
    warnings: tuple[Finding, ...]

    @property
    def is_valid(self) -> bool:
        return not self.errors

    @property
    def told(self) -> str:
        """The first errors, each by its code and the path it was found at."""
        return "; ".join(f"{one.code} {one.path[:_LONGEST_PATH]}".strip() for one in self.errors[:_MOST_TOLD])


def validate(path: Path) -> Verdict:
    """Raises NotFound: `package_not_found`. Reads nothing but what lies there; opens no address, unpacks no path."""
    findings = Findings()
    with opened(path) as tree:
        form = UNKNOWN
        try:
            form = recognise(tree)
            _check_all(form, tree, path, findings)
        except DAMAGE as problem:  # a member that cannot even be opened
            findings.error("package_unreadable", detail=problem)
        findings.take(tree.findings.errors)
    return Verdict(form, tuple(findings.errors), tuple(findings.warnings))


def _check_all(form: str, tree: Tree, path: Path, findings: Findings) -> None:
    if not tree.findings.errors or tree.sizes:
        _check(form, tree, path, findings)
    for folder, inner in nested_packages(tree) if form == "bagit" else ():
        part = tree.below(folder)
        _check(inner, part, path, findings)
        findings.take(part.findings.errors)


def recognise(tree: Tree) -> str:
    names = {path for path in tree.sizes if "/" not in path}
    folders = tree.folders | {path.split("/")[0] for path in tree.sizes if "/" in path}
    if "bagit.txt" in names or ("data" in folders and any(map(manifest_name, names))):
        return "bagit"
    if "METS.xml" in names:
        return "eark"
    if any(name.startswith("0=ocfl_") for name in names) or names & {"inventory.json", "ocfl_layout.json"}:
        return "ocfl"
    if eep_document(tree):
        return "eep"
    return "eark" if {"metadata", "representations"} <= folders else UNKNOWN


def eep_document(tree: Tree) -> str:
    """The XML document at the top that is, or says it is, an EEP; blank for none."""
    for name in sorted(path for path in tree.sizes if "/" not in path and path.lower().endswith((".xml", ".eep"))):
        with tree.open(name) as source:
            head = source.read(4096)
        if "电子文件封装包".encode() in head or "电子文件封装包".encode("gb18030") in head:
            return name
    return ""


def _check(form: str, tree: Tree, path: Path, findings: Findings) -> None:
    checks: dict[str, Callable[[], None]] = {
        "bagit": lambda: check_bag(tree, findings),
        "eark": lambda: check_csip(tree, findings),
        "ocfl": lambda: check_ocfl(tree, path, findings),
        "eep": lambda: check_eep(tree, eep_document(tree), findings),
    }
    checks.get(form, lambda: findings.error("package_unknown"))()
