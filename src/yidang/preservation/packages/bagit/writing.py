"""A parcel as a bag in clear."""

from collections.abc import Callable, Mapping
from importlib.metadata import version
from pathlib import Path
from typing import BinaryIO

from yidang.preservation.packages.bagit.words import PAYLOAD, encoded
from yidang.preservation.packages.parcel import Parcel
from yidang.preservation.packages.sinks import Content, Written, write

_DECLARATION = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
_MANIFEST = "manifest-sha512.txt"


def write_bag(parcel: Parcel, folder: Path) -> None:
    info = {
        "Source-Organization": parcel.creator,
        "External-Identifier": parcel.code,
        "Internal-Sender-Identifier": parcel.id,
        "Bagging-Date": parcel.created[:10],
    }
    fill_bag(folder, {piece.name: piece.open for piece in parcel.pieces}, info)


def fill_bag(folder: Path, content: Mapping[str, Content | Callable[[], BinaryIO]], info: Mapping[str, str]) -> None:
    """`content` by path below `data/`; the manifests, the declaration and the count are this function's."""
    payload = {PAYLOAD + name: write(folder / PAYLOAD / name, one) for name, one in content.items()}
    close_bag(folder, payload, info)


def close_bag(folder: Path, payload: Mapping[str, Written], info: Mapping[str, str]) -> None:
    """Makes a bag of a folder whose `data/` is written already; `payload` by path below the folder."""
    (folder / PAYLOAD).mkdir(exist_ok=True, mode=0o700)
    size = sum(one.size for one in payload.values())
    lines = {
        **info,
        "Payload-Oxum": f"{size}.{len(payload)}",
        "Bag-Software-Agent": f"yidang {version('yidang')}",
    }
    said = "".join(f"{label}: {_one_line(value)}\n" for label, value in lines.items() if value)
    tags: dict[str, bytes] = {"bagit.txt": _DECLARATION, "bag-info.txt": said.encode(), _MANIFEST: _manifest(payload)}
    written = {name: write(folder / name, content) for name, content in tags.items()}
    write(folder / f"tag{_MANIFEST}", _manifest(written))


def _one_line(value: str) -> str:
    return " ".join(value.split())


def _manifest(written: Mapping[str, Written]) -> bytes:
    return "".join(f"{one.sha512}  {encoded(name)}\n" for name, one in sorted(written.items())).encode()
