"""The head version of an OCFL object as a parcel."""

import json
from functools import partial
from typing import Any

from yidang.preservation.packages.foreign import media_type, original_of
from yidang.preservation.packages.names import is_unsafe, plain
from yidang.preservation.packages.parcel import DESCRIPTION, ORIGINAL, PROVENANCE, Parcel, Piece
from yidang.preservation.packages.trees import Tree

INVENTORY = "inventory.json"
STORED_TEXT = "stored_text"  # every page's reading in one file, as our own store keeps it
_OURS = {"description": DESCRIPTION, "provenance": PROVENANCE, "text": STORED_TEXT}


def read_ocfl(tree: Tree) -> Parcel:
    inventory = _inventory(tree)
    head = inventory.get("versions", {}).get(inventory.get("head", ""), {})
    paths = {
        name: content[0]
        for digest, names in head.get("state", {}).items()
        for name in names
        if (content := inventory.get("manifest", {}).get(digest))
    }
    is_ours = {"description", "provenance"} <= paths.keys()
    pieces = [
        _piece(tree, name, number, path, is_ours=is_ours)
        for number, (name, path) in enumerate(sorted(paths.items()), start=1)
        if not is_unsafe(path) and plain(path) in tree.sizes
    ]
    ident = str(inventory.get("id", ""))
    return Parcel(id=ident, code="" if is_ours else ident, title=ident, creator="", created="", pieces=pieces)


def _inventory(tree: Tree) -> dict[str, Any]:
    try:
        found = json.loads(tree.read(INVENTORY) or b"{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _piece(tree: Tree, name: str, number: int, path: str, *, is_ours: bool) -> Piece:
    reach, size = partial(tree.open, plain(path)), tree.sizes[plain(path)]
    if not is_ours:
        return original_of(name, number, size, reach)
    role = _OURS.get(name, ORIGINAL)
    return Piece(role, name, media_type(name), size, reach)
