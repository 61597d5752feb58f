"""Judges OCFL 1.0 and 1.1 objects and storage roots of any origin, with the specification's own codes.

It reads nothing but the files themselves, shares no code with what writes our store, and never fails on bad input.
"""

from pathlib import Path

from yidang.preservation.ocfl_validator.findings import Finding, Findings, Report
from yidang.preservation.ocfl_validator.places import looks_like_storage_root
from yidang.preservation.ocfl_validator.storage_root import check_storage_root
from yidang.preservation.ocfl_validator.whole_object import check_object

__all__ = ["Finding", "Report", "validate"]


def validate(path: Path | str) -> Report:
    """The judgement on the object or storage root at `path`; where there is no folder, an empty object (E003)."""
    place = Path(path)
    findings = Findings()
    if place.is_dir() and looks_like_storage_root(place):
        count = check_storage_root(place, findings)
        return findings.report("storage_root", count)
    check_object(place, findings)
    return findings.report("object", 1)
