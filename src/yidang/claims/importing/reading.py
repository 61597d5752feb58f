"""Each kind of file by its own reader; sheets and messages may come together, Parquet stands alone."""

from pathlib import Path
from typing import Any

from yidang.claims.importing.files import Given
from yidang.claims.importing.readers import interface, parquet, sheets
from yidang.kernel.errors import Invalid


def read(db: Any, given: list[Given], mapping: Path | None = None) -> set[str]:
    """Fills `raw_<table>`; the tables that came. Raises Invalid `claims_kinds_mixed` and what the readers raise."""
    kinds = {one.kind for one in given}
    if kinds == {"parquet"}:
        return parquet.read(db, given)
    if "parquet" in kinds:
        raise Invalid("claims_kinds_mixed")
    tables: set[str] = set()
    for one in given:
        tables |= sheets.read(db, one, mapping) if one.kind == "sheet" else interface.read(db, one)
    return tables
