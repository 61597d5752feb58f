"""What the command line calls: a table read, compared and put in force in one go."""

from datetime import date
from pathlib import Path
from typing import Any

from yidang.identity.policy import system_grant
from yidang.kernel.texts import say
from yidang.oversight.knowledge import operations


def import_table(
    *, path: Path, kind: str, source: str, effective_from: date | None, is_preview: bool
) -> dict[str, Any]:
    """{"version", "table", "received", "accepted", "added", "removed", "changed", "quarantined": [{row, code, …}]}."""
    grant = system_grant("cli")
    given = operations.Given(path, kind, source, effective_from)
    version = operations.draft(grant=grant, given=given)
    if not is_preview:
        version = operations.put_in_force(grant=grant, version_id=version.id)
    bad = [one | {"message": say(one["code"])} for one in version.quarantined]
    return {
        "version": version.name,
        "table": version.table,
        "state": version.state,
        "verified": version.verified,
        "received": len(version.rows) + len(bad),
        "accepted": len(version.rows),
        **{name: version.difference[name] for name in ("added", "removed", "changed")},
        "quarantined": bad,
    }
