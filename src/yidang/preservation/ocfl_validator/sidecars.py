"""The digest beside an inventory."""

import re
from pathlib import Path

from yidang.preservation.ocfl_validator import digests
from yidang.preservation.ocfl_validator.findings import Findings
from yidang.preservation.ocfl_validator.places import read_bytes

_LINE = re.compile(rb"([0-9A-Za-z]+)[ \t]+inventory\.json\s*")
PREFIX = "inventory.json."


def check_sidecar(place: Path, names: list[str], inventory: bytes, algorithm: str, findings: Findings) -> None:
    """`names` are the files of the folder `place`, from which `findings` counts its paths."""
    name = PREFIX + algorithm
    if name not in names:
        findings.add("E058", name)
        others = [other for other in names if other.startswith(PREFIX)]
        if others:
            findings.add("E059", others[0], algorithm)
        return
    found = read_bytes(place / name)
    match = _LINE.fullmatch(found) if found is not None else None
    if match is None:
        findings.add("E061", name)
    elif digests.normal(match[1].decode()) != digests.digest_bytes(algorithm, inventory):
        findings.add("E060", name)
