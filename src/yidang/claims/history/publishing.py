"""Files laid ready take their places in the history.

A crash on the way is made good by the next import or the keeper: publishing twice comes to the same.
"""

from pathlib import Path

from django.db import transaction

from yidang.claims.history import anew, rewriting, writing
from yidang.claims.history.reading import folder
from yidang.claims.models import Import


def publish(batch: Import) -> None:
    """Raises nothing for an import that is published already.

    Where the process was killed before the rest lay ready, it is made anew from the rows.
    """
    with transaction.atomic():
        writing.lock()
        place, rest = writing.ready_folder(batch), writing.rest_folder(batch)
        if place.exists():
            rewriting.leave_out(folder(), place / "replaced.parquet", not_of=str(batch.id))
            _move(place, str(batch.id))
            if rest.exists():
                _move(rest, str(batch.id))
            else:
                anew.rebuild(anew.IN_ROWS)
        writing.follow_changes()
        rewriting.lay_parties(folder())
        Import.objects.filter(pk=batch.pk).update(state=Import.State.PUBLISHED, done=100)
    writing.forget_ready(batch)


def _move(place: Path, name: str) -> None:
    """`lines/month=2026-01/data_0.parquet` → the same folder of the history, under the import's name."""
    for table in sorted(place.iterdir()):
        if not table.is_dir() or table.name in writing.NOT_TABLES:
            continue
        for path in sorted(table.rglob("*.parquet")):
            if table.name in writing.LISTS:
                rewriting.merge_list(folder(), table.name, path)
                continue
            target = folder() / path.parent.relative_to(place) / f"{name}-{path.name}"
            target.parent.mkdir(parents=True, exist_ok=True)
            path.replace(target)
