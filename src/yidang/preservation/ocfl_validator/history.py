"""The inventories kept in version directories, against the one in the root."""

from pathlib import Path

from yidang.preservation.ocfl_validator.findings import Findings
from yidang.preservation.ocfl_validator.inventories import Inventory
from yidang.preservation.ocfl_validator.inventory_check import check_inventory
from yidang.preservation.ocfl_validator.places import read_bytes
from yidang.preservation.ocfl_validator.sidecars import PREFIX, check_sidecar
from yidang.preservation.ocfl_validator.version_folders import VersionFolder

_SAID_ALIKE = ("created", "message", "user")


def check_history(
    folder: Path, root: Inventory, data: bytes, folders: dict[str, VersionFolder], findings: Findings
) -> dict[str, Inventory]:
    """The inventories of former versions, by version."""
    priors: dict[str, Inventory] = {}
    for name, version in folders.items():
        found = _check_version(folder, root, data, version, findings)
        if found is not None and name != root.last:
            priors[name] = found
    _check_specs(root, priors, findings)
    _check_content_directories(root, priors, findings)
    for name, prior in priors.items():
        _check_prior(name, prior, root, findings)
    return priors


def _check_version(
    folder: Path, root: Inventory, data: bytes, version: VersionFolder, findings: Findings
) -> Inventory | None:
    where = f"{version.name}/inventory.json"
    own = read_bytes(folder / where) if "inventory.json" in version.here.files else None
    if own is None:
        findings.add("W010", version.name)
        _check_files(version, None, findings)
        return None
    is_head = version.name == root.last
    if is_head and own != data:
        findings.add("E064", where)
    found = root if is_head and own == data else check_inventory(own, where, None, findings)
    algorithm = found.algorithm if found is not None else None
    if algorithm is not None:
        below = findings.below(version.name)
        check_sidecar(folder / version.name, version.here.files, own, algorithm, below)
    _check_files(version, algorithm, findings)
    return found


def _check_files(version: VersionFolder, algorithm: str | None, findings: Findings) -> None:
    sidecar = f"{PREFIX}{algorithm}"
    for name in version.here.files:
        is_known = name in {"inventory.json", sidecar}
        is_told = (
            "inventory.json" in version.here.files and name.startswith(PREFIX) and (sidecar not in version.here.files)
        )
        if not (is_known or is_told):
            findings.add("E015", f"{version.name}/{name}")


def _check_specs(root: Inventory, priors: dict[str, Inventory], findings: Findings) -> None:
    """No version conforms to an earlier specification than the one before it."""
    latest = "1.0"
    for inventory in (*priors.values(), root):
        if inventory.spec < latest:
            findings.add("E103", inventory.where, f"{inventory.spec} < {latest}")
        latest = max(latest, inventory.spec)


def _check_content_directories(root: Inventory, priors: dict[str, Inventory], findings: Findings) -> None:
    for prior in priors.values():
        if prior.content_directory != root.content_directory:
            findings.add("E019", prior.where, prior.content_directory)
            findings.add("E020", prior.where, prior.content_directory)
    inventories = [*priors.values(), root]
    is_first_silent = bool(priors) and not inventories[0].sets_content_directory
    if is_first_silent and any(inventory.sets_content_directory for inventory in inventories):
        findings.add("E019", inventories[0].where)


def _check_prior(name: str, prior: Inventory, root: Inventory, findings: Findings) -> None:
    if prior.id is not None and root.id is not None and prior.id != root.id:
        findings.add("E037", prior.where, prior.id)
        if prior.spec != "1.0":
            findings.add("E110", prior.where, prior.id)
    if prior.versions and prior.last != name:
        findings.add("E040", prior.where, prior.last)
    for version in prior.versions:
        if version not in root.versions:
            findings.add("E066", prior.where, version)
        elif version in prior.states and version in root.states:
            _compare_states(version, prior, root, findings)
            _compare_words(version, prior, root, findings)


def _compare_states(version: str, prior: Inventory, root: Inventory, findings: Findings) -> None:
    then, now = prior.states[version], root.states[version]
    for logical in sorted(then.keys() ^ now.keys()):
        findings.add("E066", prior.where, f"{version}: {logical}")
    for logical in sorted(then.keys() & now.keys()):
        if _is_other(then[logical], now[logical], prior, root):
            findings.add("E066", prior.where, f"{version}: {logical}")


def _is_other(then: str, now: str, prior: Inventory, root: Inventory) -> bool:
    """By digest where both use one algorithm, and by the files both manifests lead to."""
    if prior.algorithm == root.algorithm and then != now:
        return True
    return root.has_manifest and not prior.paths_of(then) <= root.paths_of(now)


def _compare_words(version: str, prior: Inventory, root: Inventory, findings: Findings) -> None:
    for key in _SAID_ALIKE:
        if prior.said[version].get(key) != root.said[version].get(key):
            findings.add("W011", prior.where, f"{version}: {key}")
