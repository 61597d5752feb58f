"""The fixity block of an inventory."""

from yidang.preservation.ocfl_validator import digests
from yidang.preservation.ocfl_validator.documents import repeated_names
from yidang.preservation.ocfl_validator.findings import Findings
from yidang.preservation.ocfl_validator.inventories import Inventory
from yidang.preservation.ocfl_validator.paths import is_clean_content


def check_fixity(document: dict[str, object], found: Inventory, findings: Findings) -> None:
    if "fixity" not in document:
        return
    fixity = document["fixity"]
    if not isinstance(fixity, dict):
        findings.add("E056" if found.spec == "1.0" else "E111", found.where)
        return
    for name in repeated_names(fixity):
        findings.add("E033", found.where, f"{name} stands twice")
    for algorithm, block in fixity.items():
        if not digests.is_known(algorithm):
            findings.add("E056", found.where, algorithm)
        elif not isinstance(block, dict):
            findings.add("E057", found.where, algorithm)
        else:
            _check_block(algorithm, block, found, findings)


def _check_block(algorithm: str, block: dict[str, object], found: Inventory, findings: Findings) -> None:
    for digest in repeated_names(block):
        findings.add("E097", found.where, digest)
    seen: set[str] = set()
    for digest, paths in block.items():
        if digests.normal(digest) in seen:
            findings.add("E097", found.where, digest)
        seen.add(digests.normal(digest))
        if not digests.is_well_formed(algorithm, digest):
            findings.add(digests.ENCODING_CODES.get(algorithm, "E057"), found.where, digest)
        elif not isinstance(paths, list):
            findings.add("E057", found.where, digest)
        else:
            _check_paths(algorithm, digest, paths, found, findings)


def _check_paths(algorithm: str, digest: str, paths: list[object], found: Inventory, findings: Findings) -> None:
    for path in paths:
        if not isinstance(path, str):
            findings.add("E057", found.where, path)
        elif is_clean_content(path, findings, found.where):
            found.fixity.append((algorithm, digests.normal(digest), path))
