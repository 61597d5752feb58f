"""Logical paths and content paths."""

from collections.abc import Iterable

from yidang.preservation.ocfl_validator.findings import Findings
from yidang.preservation.ocfl_validator.version_names import looks_like_version, number_of

_FORBIDDEN = {"", ".", ".."}


def is_logical(path: str, findings: Findings, where: str) -> bool:
    if path.startswith("/") or path.endswith("/"):
        findings.add("E053", where, path)
        return False
    if _FORBIDDEN & set(path.split("/")):
        findings.add("E052", where, path)
        return False
    return True


def is_clean_content(path: str, findings: Findings, where: str) -> bool:
    """Without regard to which versions and content directory there are."""
    if path.startswith("/") or path.endswith("/"):
        findings.add("E100", where, path)
        return False
    if _FORBIDDEN & set(path.split("/")):
        findings.add("E099", where, path)
        return False
    return True


def is_in_content(path: str, versions: list[str], content_directory: str, findings: Findings, where: str) -> bool:
    """Whether a clean content path leads into the content directory of a version there is."""
    version, _, rest = path.partition("/")
    if version in versions:
        if rest.startswith(f"{content_directory}/"):
            return True
    elif looks_like_version(version) and number_of(version) in map(number_of, versions):
        findings.add("E014", where, path)
    elif "\\" in path and path.replace("\\", "/").startswith(f"{version.split(chr(92))[0]}/{content_directory}/"):
        findings.add("E035", where, path)
        return False
    findings.add("E042", where, path)
    return False


def conflicts(paths: Iterable[str]) -> list[str]:
    """The paths that other paths go through as if they were folders."""
    known = set(paths)
    through = {parent for path in known for parent in _parents(path)}
    return sorted(known & through)


def _parents(path: str) -> Iterable[str]:
    parent = path
    while "/" in parent:
        parent = parent.rpartition("/")[0]
        yield parent
