"""One object: declaration, inventories, history, files. The numbers follow the sections of the specification.

3.2 declaration → 3.5 root inventory and 3.6 its sidecar → 3.1 what else lies in the root → 3.3 version directories
→ 3.7 inventories of versions → 3.3.1 and 3.4 content and its digests
"""

from pathlib import Path

from yidang.preservation.ocfl_validator.content import check_content
from yidang.preservation.ocfl_validator.declarations import check_object_declaration
from yidang.preservation.ocfl_validator.extensions import check_extensions
from yidang.preservation.ocfl_validator.findings import Findings
from yidang.preservation.ocfl_validator.history import check_history
from yidang.preservation.ocfl_validator.inventories import Inventory
from yidang.preservation.ocfl_validator.inventory_check import check_inventory
from yidang.preservation.ocfl_validator.places import (
    DECLARATION,
    Entries,
    entries_of,
    is_object_declaration,
    read_bytes,
)
from yidang.preservation.ocfl_validator.sidecars import PREFIX, check_sidecar
from yidang.preservation.ocfl_validator.version_folders import check_folders
from yidang.preservation.ocfl_validator.version_names import looks_like_version

_FOLDERS = {"logs", "extensions"}


def check_object(folder: Path, findings: Findings) -> Inventory | None:
    """The root inventory, if it can be read."""
    here = entries_of(folder)
    spec = check_object_declaration(folder, here, findings)
    data = _root_inventory(folder, here, findings)
    if data is None:
        _check_root(folder, here, None, findings)
        return None
    root = check_inventory(data, "inventory.json", spec, findings)
    if root is not None and root.algorithm is not None:
        check_sidecar(folder, here.files, data, root.algorithm, findings)
    _check_root(folder, here, root, findings)
    if root is None:
        return None
    folders = check_folders(folder, root, here, findings)
    priors = check_history(folder, root, data, folders, findings)
    check_content(folder, root, priors, folders, findings)
    return root


def _root_inventory(folder: Path, here: Entries, findings: Findings) -> bytes | None:
    if "inventory.json" in here.files:
        data = read_bytes(folder / "inventory.json")
        if data is None:
            findings.add("E033", "inventory.json", "unreadable")
        return data
    findings.add("E063")
    for name in here.files:
        if _is_misnamed_inventory(name):
            findings.add("E034", name)
    return None


def _is_misnamed_inventory(name: str) -> bool:
    return name != "inventory.json" and name.lower() in {"inventory.json", "inventory.jsonld", "inventory"}


def _check_root(folder: Path, here: Entries, root: Inventory | None, findings: Findings) -> None:
    _check_root_files(here, root, findings)
    for name in here.links:
        findings.add("E090", name)
    for name in here.others:
        findings.add("E089", name)
    for name in here.folders:
        _check_root_folder(folder, name, root, findings)
    if "extensions" in here.folders:
        check_extensions(folder / "extensions", findings, stray="E067", unregistered="W013")


def _check_root_files(here: Entries, root: Inventory | None, findings: Findings) -> None:
    algorithm = root.algorithm if root is not None else None
    expected = {"inventory.json", f"{PREFIX}{algorithm}"}
    has_own_sidecar = f"{PREFIX}{algorithm}" in here.files
    for name in here.files:
        if name in expected or DECLARATION.fullmatch(name):
            continue
        if name.startswith(PREFIX) and not has_own_sidecar:
            continue  # told as a missing (E058) or misnamed (E059) sidecar, or as a wrong algorithm (E025)
        if _is_misnamed_inventory(name) and "inventory.json" not in here.files:
            continue  # told as E034
        findings.add("E001", name)


def _check_root_folder(folder: Path, name: str, root: Inventory | None, findings: Findings) -> None:
    is_expected = name in _FOLDERS or (root is not None and name in root.versions)
    if is_expected or DECLARATION.fullmatch(name):  # a folder for a declaration is told as E002
        return
    if looks_like_version(name):
        if root is not None and root.versions:
            findings.add("E046", name)
        return
    findings.add("E001", name)
    if any(is_object_declaration(file) for file in entries_of(folder / name).files):
        findings.add("E082", name)
