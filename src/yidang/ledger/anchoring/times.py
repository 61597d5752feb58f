"""When an entry says it was written."""

import json
from datetime import datetime

from yidang.kernel.errors import Invalid
from yidang.ledger.events import read_time
from yidang.ledger.folder import LedgerFolder
from yidang.ledger.tiles import WIDTH


def time_of_entry(folder: LedgerFolder, position: int) -> datetime | None:
    """None when the files cannot tell."""
    number, offset = divmod(position, WIDTH)
    try:
        width = min(WIDTH, folder.checkpoint().size - number * WIDTH)
        return read_time(json.loads(folder.entries(number, width)[offset])["at"])
    except (Invalid, ValueError, KeyError, IndexError):
        return None
