"""The NAMASTE files that declare objects and storage roots."""

import re
from dataclasses import dataclass
from pathlib import Path

from yidang.preservation.ocfl_validator.findings import Findings
from yidang.preservation.ocfl_validator.places import DECLARATION, Entries, read_bytes

SPECS = ("1.0", "1.1")


@dataclass(frozen=True)
class _Clauses:
    """The codes for one kind of declaration."""

    stem: str
    not_namaste: str
    absent: str
    several: str
    pattern: str
    tag: str
    value: str
    content: str


_OBJECT = _Clauses("ocfl_object_", "E002", "E003", "E003", "E004", "E005", "E006", "E007")
_ROOT = _Clauses("ocfl_", "E075", "E069", "E076", "E077", "E078", "E079", "E080")


def check_object_declaration(folder: Path, here: Entries, findings: Findings) -> str | None:
    """The specification version declared; None when there is no telling."""
    return _check(folder, here, findings, _OBJECT)


def check_root_declaration(folder: Path, here: Entries, findings: Findings) -> str | None:
    return _check(folder, here, findings, _ROOT)


def declared_version(here: Entries) -> str | None:
    """Of an object, without finding fault."""
    return max((name.rpartition("_")[2] for name in here.files if _is_right(name, _OBJECT)), default=None)


def _check(folder: Path, here: Entries, findings: Findings, clauses: _Clauses) -> str | None:
    for name in here.folders:
        if DECLARATION.fullmatch(name):
            findings.add(clauses.not_namaste, name)
    found = [name for name in here.files if DECLARATION.fullmatch(name)]
    right = [name for name in found if _is_right(name, clauses)]
    for name in found:
        if name not in right:
            findings.add(_fault(name, clauses), name)
    if not right:
        findings.add(clauses.absent)
        return None
    if len(found) > 1:
        findings.add(clauses.several, found[-1], ", ".join(found))
    for name in right:
        if read_bytes(folder / name) != f"{name.removeprefix('0=')}\n".encode():
            findings.add(clauses.content, name)
    return max(right).rpartition("_")[2]


def _is_right(name: str, clauses: _Clauses) -> bool:
    return name in {f"0={clauses.stem}{spec}" for spec in SPECS}


def _fault(name: str, clauses: _Clauses) -> str:
    tag, _, value = name.partition("=")
    if tag != "0":
        return clauses.tag
    if re.fullmatch(re.escape(clauses.stem) + r"[0-9]+\.[0-9]+", value):
        return clauses.pattern  # the right form, of a version that does not exist
    return clauses.value
