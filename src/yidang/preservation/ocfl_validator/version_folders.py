"""The version directories of an object and the files below their content directories."""

from dataclasses import dataclass, field
from pathlib import Path

from yidang.preservation.ocfl_validator.findings import Findings
from yidang.preservation.ocfl_validator.inventories import Inventory
from yidang.preservation.ocfl_validator.places import Entries, entries_of


@dataclass
class VersionFolder:
    name: str
    here: Entries
    files: set[str] = field(default_factory=set)  # content paths below the object root
    has_content: bool = False


def check_folders(folder: Path, root: Inventory, root_entries: Entries, findings: Findings) -> dict[str, VersionFolder]:
    """Every version directory of the root inventory that is there."""
    found: dict[str, VersionFolder] = {}
    for name in root.versions:
        if name not in root_entries.folders:
            findings.add("E046", name)
            findings.add("E010", name)
            continue
        found[name] = _look_into(folder, name, root, findings)
    return found


def _look_into(folder: Path, name: str, root: Inventory, findings: Findings) -> VersionFolder:
    version = VersionFolder(name, entries_of(folder / name))
    for link in version.here.links:
        findings.add("E090", f"{name}/{link}")
    for other in version.here.others:
        findings.add("E089", f"{name}/{other}")
    for sub in version.here.folders:
        if sub != root.content_directory:
            findings.add("W002", f"{name}/{sub}")
    version.has_content = root.content_directory in version.here.folders
    if version.has_content:
        _walk(folder, f"{name}/{root.content_directory}", version, findings)
        if not version.files:
            findings.add("W003", f"{name}/{root.content_directory}")
    elif any(path.startswith(f"{name}/{root.content_directory}/") for path in root.manifest):
        findings.add("E016", name)
    return version


def _walk(folder: Path, below: str, version: VersionFolder, findings: Findings) -> None:
    waiting = [below]
    while waiting:
        place = waiting.pop()
        here = entries_of(folder / place)
        if here.is_empty and place != below:
            findings.add("E024", place)
        version.files |= {f"{place}/{name}" for name in here.files}
        for name in here.links:
            findings.add("E090", f"{place}/{name}")
        for name in here.others:
            findings.add("E089", f"{place}/{name}")
        waiting += [f"{place}/{name}" for name in here.folders]
