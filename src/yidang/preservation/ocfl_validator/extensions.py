"""The `extensions` folder of an object or a storage root, and which names are registered."""

import re
from pathlib import Path

from yidang.preservation.ocfl_validator.findings import Findings
from yidang.preservation.ocfl_validator.places import entries_of

REGISTERED = {
    "0001-digest-algorithms",
    "0002-flat-direct-storage-layout",
    "0003-hash-and-id-n-tuple-storage-layout",
    "0004-hashed-n-tuple-storage-layout",
    "0005-mutable-head",
    "0006-flat-omit-prefix-storage-layout",
    "0007-n-tuple-omit-prefix-storage-layout",
    "0008-schema-registry",
    "0009-digest-algorithms",
    "0010-differential-n-tuple-omit-prefix-storage-layout",
    "0011-direct-clean-path-layout",
    "0012-hash-and-no-prefix-id-n-tuple-storage-layout",
    "initial",
}
_NUMBERED = re.compile(r"[0-9]{4}-[a-z0-9-]{1,250}")


def check_extensions(folder: Path, findings: Findings, *, stray: str, unregistered: str) -> None:
    here = entries_of(folder)
    for name in (*here.files, *here.others):
        findings.add(stray, f"extensions/{name}")
    for name in here.links:
        findings.add("E090", f"extensions/{name}")
    for name in here.folders:
        if name not in REGISTERED:
            findings.add(unregistered, f"extensions/{name}")


def may_be_registered(name: str) -> bool:
    """The registry grows: a name of its form is taken on trust."""
    return name in REGISTERED or _NUMBERED.fullmatch(name) is not None
