"""Compiles every translation catalogue under src/ (the wheel build does the same)."""

import os
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

for source in sorted(Path(__file__).resolve().parent.parent.joinpath("src").rglob("*.po")):
    draft = source.with_suffix(f".{os.getpid()}")
    with source.open("rb") as po, draft.open("wb") as mo:
        write_mo(mo, read_po(po))
    draft.replace(source.with_suffix(".mo"))  # a program that starts at this moment reads the old one or the new
