"""Names of version directories: v1, v2 … or, padded, v001, v002 …"""

import re
from collections.abc import Iterable
from itertools import pairwise

from yidang.preservation.ocfl_validator.findings import Findings

_NAME = re.compile(r"v(0*)([1-9][0-9]{0,17})", re.ASCII)
_LIKE_ONE = re.compile(r"v[0-9]+", re.ASCII)


def number_of(name: str) -> int | None:
    match = _NAME.fullmatch(name)
    return int(match[2]) if match else None


def looks_like_version(name: str) -> bool:
    return _LIKE_ONE.fullmatch(name) is not None


def is_padded(name: str) -> bool:
    return name.startswith("v0")


def check_names(names: Iterable[str], spec: str, findings: Findings, path: str) -> list[str]:
    """The names that are version names, by number; what is wrong with them and the others is found."""
    known: list[str] = []
    for name in names:
        if number_of(name) is None:
            findings.add(_misnamed(name, spec), path, name)
        else:
            known.append(name)
    known.sort(key=lambda name: (number_of(name) or 0, name))
    if not known:
        findings.add("E008", path)
        return []
    _check_sequence(known, findings, path)
    _check_convention(known, findings, path)
    return known


def _misnamed(name: str, spec: str) -> str:
    if spec == "1.0":  # which has no clauses of its own for these
        return "E046"
    return "E105" if name.startswith("v") else "E104"


def _check_sequence(names: list[str], findings: Findings, path: str) -> None:
    numbers = sorted({number_of(name) or 0 for name in names})
    if numbers[0] != 1:
        findings.add("E009", path, names[0])
    for before, after in pairwise(numbers):
        if after != before + 1:
            findings.add("E010", path, f"v{before} … v{after}")


def _check_convention(names: list[str], findings: Findings, path: str) -> None:
    padded = [name for name in names if is_padded(name)]
    if not padded:
        return
    findings.add("W001", path, padded[0])
    width = len(padded[0])
    for name in names:
        if is_padded(name) and len(name) == width:
            continue
        outgrown = not is_padded(name) and len(name) == width  # like v10 after v09
        findings.add("E011" if outgrown else "E012", path, name)
        findings.add("E013", path, name)
