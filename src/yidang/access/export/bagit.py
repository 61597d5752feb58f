"""An item as a BagIt 1.0 bag (RFC 8493) in clear: originals, words, description, provenance and ledger proofs."""

import json
import mimetypes
from collections.abc import Iterator, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from yidang.access.export.writing import Content, Written, write
from yidang.holdings import stored
from yidang.holdings.models import Item, ItemFile
from yidang.holdings.queries import page_readings
from yidang.kernel.clock import today
from yidang.preservation import repository
from yidang.preservation.content import open_content

_DECLARATION = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
_MANIFEST = "manifest-sha512.txt"
Payload = Iterator[tuple[str, Content]]


def write_bag(item: Item, proofs: Sequence[dict[str, Any]], folder: Path) -> None:
    payload = {name: write(folder / name, content) for name, content in _payload(item, proofs)}
    tags = {
        "bagit.txt": _DECLARATION,
        "bag-info.txt": _info(item, payload),
        _MANIFEST: _manifest(payload),
    }
    written = {name: write(folder / name, content) for name, content in tags.items()}
    write(folder / f"tag{_MANIFEST}", _manifest(written))


def _payload(item: Item, proofs: Sequence[dict[str, Any]]) -> Payload:
    """Original names stand in the description; in the bag a file goes by its number, which any system can unpack."""
    for file in ItemFile.objects.filter(item=item).order_by("ordinal"):
        ending = mimetypes.guess_extension(file.media_type) or ".bin"
        yield f"data/original/{file.ordinal:04d}{ending}", _opened(file)
    for number, reading in enumerate(page_readings(item), start=1):
        yield f"data/text/{number:04d}.txt", reading.text().encode()
        lines = [{"text": line.text, "box": list(line.box), "confidence": line.confidence} for line in reading.lines]
        yield f"data/text/{number:04d}.json", _json(lines)
    yield "data/description.json", repository.read_content(item.id, stored.DESCRIPTION)
    yield "data/provenance.json", repository.read_content(item.id, stored.PROVENANCE)
    for number, proof in enumerate(proofs, start=1):
        yield f"data/ledger/version-{number:04d}.json", _json(proof)


def _opened(file: ItemFile) -> Content:
    return lambda: open_content(file.locator)


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1).encode()


def _info(item: Item, payload: dict[str, Written]) -> bytes:
    size = sum(one.size for one in payload.values())
    lines = {
        "External-Identifier": item.reference_code,
        "Internal-Sender-Identifier": f"urn:uuid:{item.id}",
        "Internal-Sender-Description": f"version {item.version}",
        "Bagging-Date": today().isoformat(),
        "Payload-Oxum": f"{size}.{len(payload)}",
        "Bag-Software-Agent": f"yidang {version('yidang')}",
    }
    return "".join(f"{label}: {value}\n" for label, value in lines.items()).encode()


def _manifest(written: dict[str, Written]) -> bytes:
    return "".join(f"{one.sha512}  {name}\n" for name, one in sorted(written.items())).encode()
