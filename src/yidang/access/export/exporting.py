"""The one way out for a record in clear: permission, ledger row, then the files."""

from pathlib import Path
from typing import Any, Literal
from uuid import UUID

from django.db import transaction

from yidang.access.export.bagit import write_bag
from yidang.access.export.ocfl import write_object
from yidang.access.export.writing import new_folder
from yidang.holdings import queries
from yidang.holdings.models import Item
from yidang.holdings.showing import circumstances
from yidang.identity.policy import Grant, Permission
from yidang.kernel.errors import Conflict
from yidang.ledger.operations import append, sequence
from yidang.ledger.queries import proof_file

Form = Literal["ocfl", "bagit"]


def export_item(grant: Grant, code: str | UUID, dest: Path, form: Form = "ocfl") -> Path:
    """Writes a filed item into `dest`, a folder that is empty or absent.

    Raises:
        NotAllowed: `not_allowed`. NotFound: `item_not_found`. Conflict: `item_not_filed`, `export_not_empty`.
    """
    grant.require(Permission.DOWNLOAD)
    item = queries.get_item(grant, code)
    if not item.version:
        raise Conflict("item_not_filed", item=item.working_number)
    proofs = _proofs(item) if form == "bagit" else []
    with transaction.atomic(), new_folder(dest) as folder:
        if form == "bagit":
            write_bag(item, proofs, folder)
        else:
            write_object(item, folder)
        facts = circumstances(grant, item) | {"reference_code": item.reference_code, "format": form}
        append(action="item.exported", actor=grant.actor, subject=item.id, facts=facts)
    return dest


def _proofs(item: Item) -> list[dict[str, Any]]:
    """Of every version, with the sealed part opened: whoever may take the record away may see what is committed to."""
    sequence()
    return [proof_file(one.ledger_entry, with_private=True) for one in queries.versions(item)]
