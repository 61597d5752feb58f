"""Compiles every translation catalogue under src/ (the wheel build does the same)."""

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

for source in sorted(Path(__file__).resolve().parent.parent.joinpath("src").rglob("*.po")):
    with source.open("rb") as po, source.with_suffix(".mo").open("wb") as mo:
        write_mo(mo, read_po(po))
