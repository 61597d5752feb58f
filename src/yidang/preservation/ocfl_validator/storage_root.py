"""A storage root: its own files, the hierarchy below it, and every object at the end of it."""

from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from yidang.preservation.ocfl_validator.declarations import check_root_declaration, declared_version
from yidang.preservation.ocfl_validator.extensions import check_extensions
from yidang.preservation.ocfl_validator.findings import Findings
from yidang.preservation.ocfl_validator.layouts import Layout, check_layout
from yidang.preservation.ocfl_validator.places import (
    DECLARATION,
    Entries,
    entries_of,
    is_object_declaration,
    is_root_declaration,
)
from yidang.preservation.ocfl_validator.whole_object import check_object


@dataclass
class _Walk:
    root: Path
    spec: str | None
    layout: Layout | None
    findings: Findings
    count: int = 0
    places_of: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    depths: set[int] = field(default_factory=set)


def check_storage_root(root: Path, findings: Findings) -> int:
    """How many objects there were."""
    here = entries_of(root)
    spec = check_root_declaration(root, here, findings)
    walk = _Walk(root, spec, check_layout(root, here, findings), findings)
    if "extensions" in here.folders:
        stray = "E086" if spec == "1.0" else "E112"
        check_extensions(root / "extensions", findings, stray=stray, unregistered="W016")
    _check_links("", here, findings)
    for name in here.folders:
        if name != "extensions" and not _walk_branch(walk, name):
            findings.add("E088", name)
    _check_identities(walk)
    if 1 in walk.depths and len(walk.depths) > 1:
        findings.add("W015")
    return walk.count


def _walk_branch(walk: _Walk, branch: str) -> bool:
    """Whether any object, or a fault that tells why there is none, was met below."""
    waiting, is_met = [branch], False
    while waiting:
        place = waiting.pop()
        here = entries_of(walk.root / place)
        if _visit(walk, place, here):
            is_met = True
        else:
            waiting += [f"{place}/{name}" for name in reversed(here.folders)]
    return is_met


def _visit(walk: _Walk, place: str, here: Entries) -> bool:
    """Whether the way ends here."""
    if _is_object(here):
        _check_one(walk, place, here)
        return True
    _check_links(f"{place}/", here, walk.findings)
    if here.is_empty:
        walk.findings.add("E073", place)
        return True
    if any(is_root_declaration(name) for name in here.files):
        walk.findings.add("E074", place)
        return True
    if here.files:
        walk.findings.add("E072", place, ", ".join(here.files[:5]))
        walk.findings.add("E084" if here.folders else "E085", place)
    return False


def _is_object(here: Entries) -> bool:
    if any(is_root_declaration(name) for name in here.files):
        return False
    has_declaration = any(is_object_declaration(name) or DECLARATION.fullmatch(name) for name in here.files)
    return has_declaration or "inventory.json" in here.files


def _check_one(walk: _Walk, place: str, here: Entries) -> None:
    walk.count += 1
    walk.depths.add(place.count("/") + 1)
    declared = declared_version(here)
    if declared is None:
        walk.findings.add("E072", place)
    elif walk.spec is not None and declared > walk.spec:
        walk.findings.add("E081", place, f"{declared} > {walk.spec}")
    inventory = check_object(walk.root / place, walk.findings.below(place))
    if inventory is not None and inventory.id is not None:
        walk.places_of[inventory.id].append(place)


def _check_links(prefix: str, here: Entries, findings: Findings) -> None:
    for name in here.links:
        findings.add("E090", prefix + name)
    for name in here.others:
        findings.add("E089", prefix + name)
    if here.problem:
        findings.add("E072", prefix.rstrip("/"), here.problem)


def _check_identities(walk: _Walk) -> None:
    for identifier, places in walk.places_of.items():
        if len(places) > 1:
            for code in ("E037", "E083"):
                walk.findings.add(code, places[1], identifier)
        expected = walk.layout.place_of(identifier) if walk.layout else None
        if expected is not None and places[0] != expected:
            walk.findings.add("W014", places[0], expected)
