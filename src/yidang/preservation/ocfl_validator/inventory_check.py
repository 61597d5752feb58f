"""Looks through one inventory by itself: keys, values, digests and paths, without regard to any file."""

import re

from yidang.preservation.ocfl_validator import digests
from yidang.preservation.ocfl_validator.documents import MalformedError, parse, repeated_names
from yidang.preservation.ocfl_validator.findings import Findings
from yidang.preservation.ocfl_validator.fixity_check import check_fixity
from yidang.preservation.ocfl_validator.inventories import Inventory
from yidang.preservation.ocfl_validator.manifest_check import check_manifest
from yidang.preservation.ocfl_validator.version_check import check_versions

SPECS = ("1.0", "1.1")
_TYPE = re.compile(r"https://ocfl\.io/([0-9]+\.[0-9]+)/spec/#inventory")
_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:.+", re.DOTALL)
_KEYS = {"id", "type", "digestAlgorithm", "head", "contentDirectory", "manifest", "versions", "fixity"}


def check_inventory(data: bytes, where: str, spec: str | None, findings: Findings) -> Inventory | None:
    """None when it is no JSON object. `spec` None: whichever the inventory itself declares."""
    try:
        document = parse(data)
    except MalformedError as reason:
        findings.add("E033", where, reason)
        return None
    if not isinstance(document, dict):
        findings.add("E033", where, "not a JSON object")
        return None
    found = Inventory(where=where, spec=spec or "1.1")
    _check_keys(document, found, findings)
    _check_type(document, spec, found, findings)
    _check_id(document, found, findings)
    _check_algorithm(document, found, findings)
    _check_content_directory(document, found, findings)
    check_versions(document, found, findings)
    check_manifest(document, found, findings)
    _check_head(document, found, findings)
    check_fixity(document, found, findings)
    return found


def _check_keys(document: dict[str, object], found: Inventory, findings: Findings) -> None:
    for name in repeated_names(document):
        findings.add("E033", found.where, f"{name} stands twice")
    for name in sorted(set(document) - _KEYS):
        findings.add("E102", found.where, name)
    for name in ("id", "type", "digestAlgorithm", "head"):
        if name not in document:
            findings.add("E036", found.where, name)


def _check_type(document: dict[str, object], spec: str | None, found: Inventory, findings: Findings) -> None:
    if "type" not in document:
        return
    value = document["type"]
    match = _TYPE.fullmatch(value) if isinstance(value, str) else None
    declared = match[1] if match else None
    if declared not in SPECS or (spec is not None and declared != spec):
        findings.add("E038", found.where, value)
    if declared in SPECS:
        found.spec = declared


def _check_id(document: dict[str, object], found: Inventory, findings: Findings) -> None:
    value = document.get("id")
    if isinstance(value, str) and value:
        found.id = value
        if not is_uri(value):
            findings.add("W005", found.where, value)
    elif "id" in document:
        findings.add("E037", found.where, value)


def is_uri(value: str) -> bool:
    return _URI.fullmatch(value) is not None


def _check_algorithm(document: dict[str, object], found: Inventory, findings: Findings) -> None:
    if "digestAlgorithm" not in document:
        found.algorithm = "sha512"
        return
    value = document["digestAlgorithm"]
    if isinstance(value, str) and value in digests.CONTENT:
        found.algorithm = value
        if value != "sha512":
            findings.add("W004", found.where, value)
        return
    findings.add("E025", found.where, value)
    if not isinstance(value, str) or not digests.is_known(value):
        findings.add("E026", found.where, value)


def _check_content_directory(document: dict[str, object], found: Inventory, findings: Findings) -> None:
    if "contentDirectory" not in document:
        return
    value = document["contentDirectory"]
    if not isinstance(value, str) or "/" in value:
        findings.add("E017", found.where, value)
    elif value in {".", ".."}:
        findings.add("E018", found.where, value)
    elif not value:
        findings.add("E017" if found.spec == "1.0" else "E108", found.where)
    else:
        found.content_directory = value
        found.sets_content_directory = True


def _check_head(document: dict[str, object], found: Inventory, findings: Findings) -> None:
    if "head" not in document:
        return
    found.head = document["head"]
    if not isinstance(found.head, str) or (found.versions and found.head != found.last):
        findings.add("E040", found.where, found.head)
