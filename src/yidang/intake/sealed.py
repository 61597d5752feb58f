"""The parts of intake's rows that name a person or a file: sealed in the database, opened here."""

from typing import Any
from uuid import UUID

from yidang.crypto.fields import blind_index, open_json, seal_json
from yidang.intake.models import CatalogueRow, ReceivedFile

_FILE, _ROW = "received_file", "catalogue_row"
_SM3_BYTES = 32


def seal_about(file_id: UUID, path: str, sm3: bytes | None) -> bytes:
    value = {"path": path, "sm3": sm3.hex()} if sm3 else {"path": path}
    return seal_json(value, table=_FILE, row=str(file_id), field="about")


def _about(file: ReceivedFile) -> dict[str, str]:
    known: dict[str, str] | None = getattr(file, "_about", None)
    if known is None:
        known = open_json(bytes(file.about), table=_FILE, row=str(file.id), field="about")
        file._about = known  # type: ignore[attr-defined] # noqa: SLF001 - opened once per row object
    return known


def path_of(file: ReceivedFile) -> str:
    """The path as received, within its container if it came in one."""
    return _about(file)["path"]


def full_path(file: ReceivedFile) -> str:
    """The name to show: a member of an archive with the archive's own before it."""
    own = path_of(file)
    return f"{full_path(file.container)}/{own}" if file.container else own


def sm3_of(file: ReceivedFile) -> bytes | None:
    digest = _about(file).get("sm3")
    return bytes.fromhex(digest) if digest else None


def path_digest(path: str) -> bytes:
    return blind_index("received_path", path)


def seal_facts(file_id: UUID, facts: dict[str, Any]) -> bytes | None:
    return seal_json(facts, table=_FILE, row=str(file_id), field="facts") if facts else None


def facts_of(file: ReceivedFile) -> dict[str, Any]:
    if file.facts is None:
        return {}
    opened: dict[str, Any] = open_json(bytes(file.facts), table=_FILE, row=str(file.id), field="facts")
    return opened


def _row_key(file_id: UUID, number: int) -> str:
    return f"{file_id}/{number}"


def seal_values(file_id: UUID, number: int, values: dict[str, str]) -> bytes:
    return seal_json(values, table=_ROW, row=_row_key(file_id, number), field="values")


def values_of(row: CatalogueRow) -> dict[str, str]:
    opened: dict[str, str] = open_json(
        bytes(row.values), table=_ROW, row=_row_key(row.file_id, row.number), field="values"
    )
    return opened


def seal_row_facts(file_id: UUID, number: int, facts: dict[str, Any]) -> bytes | None:
    return seal_json(facts, table=_ROW, row=_row_key(file_id, number), field="facts") if facts else None


def row_facts_of(row: CatalogueRow) -> dict[str, Any]:
    if row.facts is None:
        return {}
    opened: dict[str, Any] = open_json(
        bytes(row.facts), table=_ROW, row=_row_key(row.file_id, row.number), field="facts"
    )
    return opened
