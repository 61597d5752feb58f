"""Every change to what has come in."""

from yidang.intake.operations.cataloguing import map_columns
from yidang.intake.operations.confirming import confirm_item, save_confirmed, send_back
from yidang.intake.operations.filing import file_ready
from yidang.intake.operations.folders import Incoming, walk
from yidang.intake.operations.pages import read_page
from yidang.intake.operations.parting import join, split
from yidang.intake.operations.reading import read_groups
from yidang.intake.operations.receiving import (
    close_accession,
    open_accession,
    process_accession,
    receive_chunk,
    receive_path,
    receive_paths,
)
from yidang.intake.operations.records import Part, receive_record
from yidang.intake.operations.repairing import discard, replace, resubmit, resubmit_catalogue
from yidang.intake.operations.resuming import resume_unfinished
from yidang.intake.operations.unfolding import unfold

__all__ = [
    "Incoming",
    "Part",
    "close_accession",
    "confirm_item",
    "discard",
    "file_ready",
    "join",
    "map_columns",
    "open_accession",
    "process_accession",
    "read_groups",
    "read_page",
    "receive_chunk",
    "receive_path",
    "receive_paths",
    "receive_record",
    "replace",
    "resubmit",
    "resubmit_catalogue",
    "resume_unfinished",
    "save_confirmed",
    "send_back",
    "split",
    "unfold",
    "walk",
]
