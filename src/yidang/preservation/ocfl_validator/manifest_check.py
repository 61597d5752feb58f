"""The manifest of an inventory, and whether it and the states speak of the same digests."""

from yidang.preservation.ocfl_validator import digests
from yidang.preservation.ocfl_validator.documents import repeated_names
from yidang.preservation.ocfl_validator.findings import Findings
from yidang.preservation.ocfl_validator.inventories import Inventory
from yidang.preservation.ocfl_validator.paths import conflicts, is_clean_content, is_in_content


def check_manifest(document: dict[str, object], found: Inventory, findings: Findings) -> None:
    if "manifest" not in document:
        findings.add("E041", found.where, "manifest")
        return
    manifest = document["manifest"]
    if not isinstance(manifest, dict):
        findings.add("E041" if found.spec == "1.0" else "E106", found.where)
        return
    found.has_manifest = True
    found.keys = set(manifest)
    _check_repeated(manifest, found, findings)
    for digest, paths in manifest.items():
        _check_entry(digest, paths, found, findings)
    for path in conflicts(found.manifest):
        findings.add("E101", found.where, path)
    _check_states(found, findings)


def _check_repeated(manifest: dict[str, object], found: Inventory, findings: Findings) -> None:
    for digest in repeated_names(manifest):
        findings.add("E096", found.where, digest)
    seen: set[str] = set()
    for digest in manifest:
        if digests.normal(digest) in seen:
            findings.add("E096", found.where, digest)
        seen.add(digests.normal(digest))


def _check_entry(digest: str, paths: object, found: Inventory, findings: Findings) -> None:
    if found.algorithm is not None and not digests.is_well_formed(found.algorithm, digest):
        findings.add(_misformed(found.algorithm, digest), found.where, digest)
    if not isinstance(paths, list):
        findings.add("E092", found.where, digest)
        return
    for path in paths:
        _check_path(digest, path, found, findings)


def _misformed(algorithm: str, digest: str) -> str:
    if digests.is_hex(digest) and any(digests.is_well_formed(other, digest) for other in digests.CONTENT):
        return "E039"
    return digests.ENCODING_CODES[algorithm]


def _check_path(digest: str, path: object, found: Inventory, findings: Findings) -> None:
    if not isinstance(path, str):
        findings.add("E098", found.where, path)
        return
    if path in found.mentioned:
        findings.add("E101", found.where, path)
    found.mentioned.add(path)
    if not is_clean_content(path, findings, found.where):
        return
    if not found.versions or is_in_content(path, found.versions, found.content_directory, findings, found.where):
        found.manifest[path] = digests.normal(digest)
        found.by_digest.setdefault(digests.normal(digest), set()).add(path)


def _check_states(found: Inventory, findings: Findings) -> None:
    used: set[str] = set()
    are_whole = len(found.states) == len(found.versions) > 0
    for name, version in found.said.items():
        state = version.get("state")
        if not isinstance(state, dict):
            continue
        used |= {digests.normal(digest) for digest in state}
        for digest in state:
            if digest not in found.keys:
                findings.add("E050", found.where, f"{name}: {digest}")
    if are_whole:
        for digest in sorted(found.keys):
            if digests.normal(digest) not in used:
                _add_unused(digest, found, findings)


def _add_unused(digest: str, found: Inventory, findings: Findings) -> None:
    """A clause of its own from 1.1 on."""
    if found.spec == "1.0":
        findings.add("E050", found.where, digest)
    findings.add("E107", found.where, digest)
