"""Content files against manifests and fixity blocks."""

from collections import defaultdict
from pathlib import Path

from yidang.preservation.ocfl_validator.digests import digest_file
from yidang.preservation.ocfl_validator.findings import Findings
from yidang.preservation.ocfl_validator.inventories import Inventory
from yidang.preservation.ocfl_validator.version_folders import VersionFolder
from yidang.preservation.ocfl_validator.version_names import number_of

# content path → algorithm → digest that some inventory gives → (code when it is wrong, that inventory)
_Claims = dict[str, dict[str, dict[str, tuple[str, str]]]]


def check_content(
    folder: Path,
    root: Inventory,
    priors: dict[str, Inventory],
    folders: dict[str, VersionFolder],
    findings: Findings,
) -> None:
    if not root.versions:
        return  # then nothing says which files there ought to be
    files = {path for version in folders.values() for path in version.files}
    _check_presence(root, files, findings)
    _check_mention(root, priors, folders, findings)
    claims: _Claims = defaultdict(lambda: defaultdict(dict))
    for inventory in (root, *priors.values()):
        if inventory.versions:
            _gather(inventory, files, claims, findings)
    for path in sorted(claims):
        _check_digests(folder, path, claims[path], findings)
    _check_links(folder, files, findings)


def _check_presence(root: Inventory, files: set[str], findings: Findings) -> None:
    for path in sorted(root.manifest.keys() - files):
        findings.add("E092", root.where, path)
        findings.add("E023", root.where, path)


def _check_mention(
    root: Inventory, priors: dict[str, Inventory], folders: dict[str, VersionFolder], findings: Findings
) -> None:
    """Every file stands in the root manifest, and in that of each version from its own on."""
    for version in folders.values():
        for path in sorted(version.files):
            if not root.has_manifest:
                continue
            if path not in root.mentioned:
                findings.add("E023", path, root.where)
                continue
            for name, prior in priors.items():
                is_later = (number_of(name) or 0) >= (number_of(version.name) or 0)
                if is_later and prior.has_manifest and path not in prior.mentioned:
                    findings.add("E023", path, prior.where)


def _gather(inventory: Inventory, files: set[str], claims: _Claims, findings: Findings) -> None:
    if inventory.algorithm is not None:
        for path, digest in inventory.manifest.items():
            if path in files:
                claims[path][inventory.algorithm].setdefault(digest, ("E092", inventory.where))
            else:
                findings.add("E092", inventory.where, path)
    for algorithm, digest, path in inventory.fixity:
        if path not in files:
            findings.add("E093", inventory.where, path)
        elif path not in inventory.mentioned:
            findings.add("E057", inventory.where, path)
        else:
            claims[path][algorithm].setdefault(digest, ("E093", inventory.where))


def _check_digests(folder: Path, path: str, claimed: dict[str, dict[str, tuple[str, str]]], findings: Findings) -> None:
    try:
        actual = digest_file(folder / path, claimed)
    except OSError as problem:
        findings.add("E092", path, problem.strerror)
        return
    for algorithm, given in claimed.items():
        for digest, (code, where) in given.items():
            if digest != actual[algorithm]:
                findings.add(code, path, f"{where}: {algorithm}")


def _check_links(folder: Path, files: set[str], findings: Findings) -> None:
    """Two names of one file; a second name outside the object is none of its business."""
    seen: set[tuple[int, int]] = set()
    for path in sorted(files):
        try:
            stat = (folder / path).stat(follow_symlinks=False)
        except OSError:
            continue
        if stat.st_nlink > 1 and (stat.st_dev, stat.st_ino) in seen:
            findings.add("E090", path)
        seen.add((stat.st_dev, stat.st_ino))
