"""The one way out for a record in clear: permission, ledger row, then the files."""

from pathlib import Path
from uuid import UUID

from django.db import transaction

from yidang.holdings import queries
from yidang.holdings.packaging.parcels import proofs_of
from yidang.holdings.packaging.writing import write_item
from yidang.holdings.showing import circumstances
from yidang.identity.policy import Grant, Permission
from yidang.kernel.errors import Conflict
from yidang.ledger.operations import append
from yidang.preservation.packages import Form
from yidang.preservation.packages.sinks import new_folder


def export_item(grant: Grant, code: str | UUID, dest: Path, form: Form = "ocfl") -> Path:
    """Writes a filed item into `dest`, a folder that is empty or absent.

    Raises:
        NotAllowed: `not_allowed`. NotFound: `item_not_found`. Conflict: `item_not_filed`, `export_not_empty`.
    """
    grant.require(Permission.DOWNLOAD)
    item = queries.get_item(grant, code)
    if not item.version:
        raise Conflict("item_not_filed", item=item.working_number)
    proofs = () if form == "ocfl" else proofs_of(item)
    with transaction.atomic(), new_folder(dest) as folder:
        write_item(item, folder, form, proofs=proofs)
        facts = circumstances(grant, item) | {"reference_code": item.reference_code, "format": form}
        append(action="item.exported", actor=grant.actor, subject=item.id, facts=facts)
    return dest
