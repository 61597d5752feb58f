"""A ZIP written once from front to back, with a digest kept of every file in it."""

import hashlib
import json
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from yidang.kernel.clock import CHINA, now

_PIECE = 1 << 20
_PACKED = frozenset({".jpg", ".jpeg", ".png", ".zip", ".ofd", ".mp4", ".mp3", ".pdf", ".tif", ".tiff"})


class Parcel:
    """`files` maps each path to its SHA-256 and size, for the manifest that is written last."""

    def __init__(self, sink: BinaryIO) -> None:
        self._zip = ZipFile(sink, "w", allowZip64=True)
        self._time = now().astimezone(CHINA).timetuple()[:6]
        self.files: dict[str, dict[str, Any]] = {}

    def add(self, path: str, content: bytes | BinaryIO) -> None:
        source = BytesIO(content) if isinstance(content, bytes) else content
        about = ZipInfo(path, self._time)
        about.compress_type = ZIP_STORED if Path(path).suffix.lower() in _PACKED else ZIP_DEFLATED
        about.external_attr = 0o600 << 16
        digest, size = hashlib.sha256(), 0
        with source, self._zip.open(about, "w", force_zip64=True) as sink:
            while piece := source.read(_PIECE):
                digest.update(piece)
                size += sink.write(piece)
        self.files[path] = {"sha256": digest.hexdigest(), "size": size}

    def add_json(self, path: str, value: Any) -> None:
        self.add(path, json.dumps(value, ensure_ascii=False, indent=1).encode())

    def close(self) -> None:
        self._zip.close()
