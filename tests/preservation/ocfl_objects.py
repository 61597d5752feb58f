"""Small OCFL objects made by hand, to be damaged in one place each."""

import hashlib
import json
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

Document = dict[str, Any]
Edit = Callable[[Document], object]
USER = {"name": "A Person", "address": "mailto:a_person@example.org"}


class OcflObject:
    """A valid object of as many versions as `add_version` was called, until something is changed."""

    def __init__(
        self,
        folder: Path,
        *,
        spec: str = "1.1",
        algorithm: str = "sha512",
        identifier: str = "urn:example:one",
        width: int = 0,
        content_directory: str | None = None,
    ) -> None:
        self.folder = folder
        self.spec = spec
        self.algorithm = algorithm
        self.width = width
        self.document: Document = {
            "id": identifier,
            "type": f"https://ocfl.io/{spec}/spec/#inventory",
            "digestAlgorithm": algorithm,
            "head": "",
            "manifest": {},
            "versions": {},
        }
        if content_directory is not None:
            self.document["contentDirectory"] = content_directory
        folder.mkdir(parents=True)
        self.write(f"0=ocfl_object_{spec}", f"ocfl_object_{spec}\n")

    def add_version(self, files: Mapping[str, bytes], **said: object) -> "OcflObject":
        name = f"v{len(self.document['versions']) + 1:0{self.width}d}"
        state: dict[str, list[str]] = {}
        for logical, data in files.items():
            digest = hashlib.new(self.algorithm, data).hexdigest()
            state.setdefault(digest, []).append(logical)
            if digest not in self.document["manifest"]:
                path = f"{name}/{self.document.get('contentDirectory', 'content')}/{logical}"
                self.document["manifest"][digest] = [path]
                self.write(path, data)
        version = {"created": "2019-01-01T02:03:04Z", "message": "a version", "user": USER, "state": state}
        self.document["versions"][name] = version | said
        self.document["head"] = name
        self.save(name)
        self.save("")
        return self

    def write(self, path: str, data: str | bytes = b"") -> None:
        place = self.folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data.encode() if isinstance(data, str) else data)

    def remove(self, path: str) -> None:
        place = self.folder / path
        if place.is_dir():
            shutil.rmtree(place)
        else:
            place.unlink()

    def save(self, version: str, document: Document | None = None) -> None:
        self.save_text(version, json.dumps(document or self.document, indent=1).encode())

    def save_text(self, version: str, text: bytes) -> None:
        """The inventory of a version, or with a blank name of the root, and its sidecar."""
        prefix = f"{version}/" if version else ""
        self.write(f"{prefix}inventory.json", text)
        digest = hashlib.new(self.algorithm, text).hexdigest()
        self.write(f"{prefix}inventory.json.{self.algorithm}", f"{digest} inventory.json\n")

    def load(self, version: str = "") -> Document:
        document: Document = json.loads((self.folder / version / "inventory.json").read_bytes())
        return document

    def edit(self, change: Edit, *, only: str | None = None) -> None:
        """Changes the root inventory and the head version's copy alike, or only the one named."""
        places = ["", self.document["head"]] if only is None else [only]
        for place in places:
            document = self.load(place)
            changed = change(document)
            self.save(place, changed if isinstance(changed, dict) else document)

    @property
    def digest(self) -> str:
        """The first of the manifest."""
        return str(next(iter(self.document["manifest"])))


def storage_root(folder: Path, spec: str = "1.1") -> Path:
    folder.mkdir(parents=True)
    (folder / f"0=ocfl_{spec}").write_text(f"ocfl_{spec}\n")
    return folder
