"""The versions block of an inventory."""

import re
from dataclasses import dataclass
from datetime import datetime

from yidang.preservation.ocfl_validator import digests
from yidang.preservation.ocfl_validator.documents import repeated_names
from yidang.preservation.ocfl_validator.findings import Findings
from yidang.preservation.ocfl_validator.inventories import Inventory
from yidang.preservation.ocfl_validator.paths import conflicts, is_logical
from yidang.preservation.ocfl_validator.version_names import check_names

_KEYS = {"created", "state", "message", "user"}
_RFC3339 = re.compile(
    r"(\d{4}-\d{2}-\d{2})[Tt]([01]\d|2[0-3]):([0-5]\d):([0-5]\d|60)(\.\d+)?"
    r"([Zz]|[+-]([01]\d|2[0-3]):[0-5]\d)",
    re.ASCII,
)
_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:.+", re.DOTALL)


def check_versions(document: dict[str, object], found: Inventory, findings: Findings) -> None:
    if "versions" not in document:
        findings.add("E041", found.where, "versions")
        findings.add("E043", found.where)
        return
    versions = document["versions"]
    if not isinstance(versions, dict):
        findings.add("E044", found.where)
        findings.add("E045", found.where)
        return
    for name in repeated_names(versions):
        findings.add("E033", found.where, f"{name} stands twice")
    found.versions = check_names(versions, found.spec, findings, found.where)
    for name in found.versions:
        _check_version(_Version(name, found, findings), versions[name])


@dataclass(frozen=True, slots=True)
class _Version:
    """One version being looked through."""

    name: str
    found: Inventory
    findings: Findings

    def add(self, code: str, detail: object = "") -> None:
        self.findings.add(code, self.found.where, f"{self.name}: {detail}" if detail else self.name)


def _check_version(version: _Version, said: object) -> None:
    if not isinstance(said, dict):
        version.add("E047")
        return
    version.found.said[version.name] = said
    for key in repeated_names(said):
        version.add("E033", f"{key} stands twice")
    for key in sorted(set(said) - _KEYS):
        version.add("E102", key)
    for key in ("created", "state"):
        if key not in said:
            version.add("E048", key)
    _check_created(version, said)
    _check_message(version, said)
    _check_user(version, said)
    _check_state(version, said)


def _check_created(version: _Version, said: dict[str, object]) -> None:
    if "created" in said and not _is_rfc3339(said["created"]):
        version.add("E049", said["created"])


def _is_rfc3339(value: object) -> bool:
    match = _RFC3339.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        return False
    try:
        datetime.strptime(match[1], "%Y-%m-%d")  # noqa: DTZ007 - only whether the calendar has that day
    except ValueError:
        return False
    return True


def _check_message(version: _Version, said: dict[str, object]) -> None:
    if "message" not in said:
        version.add("W007", "message")
    elif not isinstance(said["message"], str):
        version.add("E094")


def _check_user(version: _Version, said: dict[str, object]) -> None:
    if "user" not in said:
        version.add("W007", "user")
        return
    user = said["user"]
    if not isinstance(user, dict):
        version.add("E054")
        return
    for key in sorted(set(user) - {"name", "address"}):
        version.add("E102", f"user: {key}")
    if not isinstance(user.get("name"), str):
        version.add("E054", "name")
    _check_address(version, user)


def _check_address(version: _Version, user: dict[str, object]) -> None:
    if "address" not in user:
        version.add("W008")
        return
    address = user["address"]
    if not isinstance(address, str):
        version.add("E054", "address")
    elif not _URI.fullmatch(address):
        version.add("W009", address)


def _check_state(version: _Version, said: dict[str, object]) -> None:
    if "state" not in said:
        return
    state = said["state"]
    if not isinstance(state, dict):
        version.add("E050", "state")
        return
    for digest in repeated_names(state):
        version.add("E050", f"{digest} stands twice")
    logical = version.found.states.setdefault(version.name, {})
    for digest, paths in state.items():
        if isinstance(paths, list):
            _check_paths(version, digest, paths, logical)
        else:
            version.add("E050", digest)
    for path in conflicts(logical):
        version.add("E095", path)


def _check_paths(version: _Version, digest: str, paths: list[object], logical: dict[str, str]) -> None:
    for path in paths:
        if not isinstance(path, str):
            version.add("E051", path)
        elif is_logical(path, version.findings, version.found.where):
            if path in logical:
                version.add("E095", path)
            logical[path] = digests.normal(digest)
