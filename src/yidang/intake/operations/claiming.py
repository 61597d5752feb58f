"""Who came first with these bytes. One unique row per content decides it, also between two accessions at once."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db import connection

from yidang.holdings.queries import find_by_digest
from yidang.intake.models import ContentClaim, ReceivedFile


@dataclass(frozen=True)
class Original:
    """Where bytes are held already: in a file of the same batch whose item is still to be made, or in an item."""

    file: UUID | None
    item: UUID | None


@dataclass
class Claims:
    kept: set[UUID] = field(default_factory=set)
    duplicates: dict[UUID, Original] = field(default_factory=dict)


def claim(groups: Sequence[Sequence[ReceivedFile]]) -> Claims:
    """Sorts the files of each group into kept and duplicate, inside the caller's transaction.

    A group of several files is a duplicate only as a whole: a sheet that lies in two records belongs to both.
    """
    files = [file for group in groups for file in group]
    held = _held_elsewhere(files)
    first_here = _take(files, held)
    claims = Claims()
    for group in groups:
        _sort_group(group, held, first_here, claims)
    return claims


def _held_elsewhere(files: Sequence[ReceivedFile]) -> dict[bytes, Original]:
    digests = [bytes(file.digest or b"") for file in files]
    return {digest: Original(file=None, item=item.pk) for digest, item in find_by_digest(digests).items()}


def _take(files: Sequence[ReceivedFile], held: dict[bytes, Original]) -> dict[bytes, UUID]:
    """Claims every content for the first file that brings it, and adds to `held` what others claimed before."""
    first: dict[bytes, UUID] = {}
    for file in files:
        first.setdefault(bytes(file.digest or b""), file.pk)
    wanted = sorted((digest, pk) for digest, pk in first.items() if digest not in held)
    with connection.cursor() as cursor:
        # In one order for all, so that two batches with the same bytes wait for each other and never in a ring.
        cursor.execute(
            "INSERT INTO intake_contentclaim (digest, file_id) SELECT * FROM unnest(%s::bytea[], %s::uuid[])"
            " ON CONFLICT (digest) DO NOTHING",
            [[digest for digest, _ in wanted], [pk for _, pk in wanted]],
        )
    for row in ContentClaim.objects.filter(digest__in=[digest for digest, _ in wanted]).select_related("file"):
        if row.file_id != first[bytes(row.digest)]:
            held[bytes(row.digest)] = Original(file=row.file_id, item=row.file.item_id)
    return first


def _sort_group(
    group: Sequence[ReceivedFile], held: dict[bytes, Original], first: dict[bytes, UUID], claims: Claims
) -> None:
    if _is_known_whole(group, held, first):
        for file in group:
            digest = bytes(file.digest or b"")
            claims.duplicates[file.pk] = held.get(digest) or Original(file=first[digest], item=None)
        return
    seen: dict[bytes, UUID] = {}
    for file in group:
        digest = bytes(file.digest or b"")
        if digest in seen:
            claims.duplicates[file.pk] = Original(file=seen[digest], item=None)
        else:
            seen[digest] = file.pk
            claims.kept.add(file.pk)


def _is_known_whole(group: Sequence[ReceivedFile], held: dict[bytes, Original], first: dict[bytes, UUID]) -> bool:
    """Whether every file's bytes came earlier, in another group."""
    own = {file.pk for file in group}
    return all((digest := bytes(file.digest or b"")) in held or first[digest] not in own for file in group)
