"""Every change to what has come in."""

from yidang.intake.operations.cataloguing import map_columns
from yidang.intake.operations.filing import file_ready
from yidang.intake.operations.pages import read_page
from yidang.intake.operations.reading import read_groups
from yidang.intake.operations.receiving import (
    Incoming,
    close_accession,
    open_accession,
    process_accession,
    receive_chunk,
    receive_path,
    receive_paths,
    walk,
)
from yidang.intake.operations.resuming import resume_unfinished
from yidang.intake.operations.unfolding import unfold

__all__ = [
    "Incoming",
    "close_accession",
    "file_ready",
    "map_columns",
    "open_accession",
    "process_accession",
    "read_groups",
    "read_page",
    "receive_chunk",
    "receive_path",
    "receive_paths",
    "resume_unfinished",
    "unfold",
    "walk",
]
