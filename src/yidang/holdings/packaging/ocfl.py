"""An item as an OCFL 1.1 object in clear: every version, the same logical names as in the store."""

from pathlib import Path

from yidang.holdings.models import Item
from yidang.preservation import repository
from yidang.preservation.inventory import (
    INVENTORY,
    OBJECT_NAMASTE,
    OBJECT_NAMASTE_CONTENT,
    SIDECAR,
    Inventory,
    Version,
    empty,
    sidecar,
)
from yidang.preservation.packages.sinks import Content, write


def write_object(item: Item, folder: Path) -> None:
    stored = repository.inventory(item.id)
    made = empty(f"urn:uuid:{item.id}")
    write(folder / OBJECT_NAMASTE, OBJECT_NAMASTE_CONTENT)
    for number, version in enumerate(stored.versions, start=1):
        made = _with_version(made, item, number, version, folder)
        _write_inventory(made, folder / f"v{number}")
    _write_inventory(made, folder)


def _with_version(made: Inventory, item: Item, number: int, version: Version, folder: Path) -> Inventory:
    state: dict[str, str] = {}
    added: dict[str, str] = {}
    for name in sorted(version.state):
        path = f"v{number}/content/{name}"
        digest = write(folder / path, _content(item, name, number)).sha512
        state[name] = digest
        if digest in made.manifest or digest in added:
            (folder / path).unlink()  # carried over from a former version
        else:
            added[digest] = path
    _drop_empty(folder / f"v{number}" / "content")
    clear = Version(version.created, version.message, version.actor, state)
    return made.with_version(clear, added)


def _content(item: Item, name: str, version: int) -> Content:
    return lambda: repository.open_content(item.id, name, version)  # type: ignore[return-value]  # a seekable reader


def _drop_empty(content: Path) -> None:
    """OCFL wants no folder without files."""
    for folder in sorted((path for path in content.rglob("*") if path.is_dir()), reverse=True):
        if not any(folder.iterdir()):
            folder.rmdir()
    if not any(content.iterdir()):
        content.rmdir()


def _write_inventory(inventory: Inventory, folder: Path) -> None:
    encoded = inventory.encode()
    write(folder / INVENTORY, encoded)
    write(folder / SIDECAR, sidecar(encoded))
