"""How much we are willing to take in and unfold. Decoding has limits of its own in `reading.limits`."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """Sizes in bytes."""

    file_bytes: int = 32 * 2**30
    in_memory_bytes: int = 32 * 2**20  # a larger file is read from the staging area piece by piece
    batch_bytes: int = 96 * 2**20  # of files held in memory by one job
    batch_files: int = 64
    archive_members: int = 50_000
    archive_ratio: int = 200  # unpacked to packed, of one member larger than `ratio_from`
    ratio_from: int = 16 * 2**20
    archive_bytes: int = 64 * 2**30  # unpacked, all members together
    archive_depth: int = 2  # an archive in an archive, and no deeper
    catalogue_bytes: int = 64 * 2**20
    catalogue_rows: int = 200_000
    catalogue_columns: int = 200
    attempts: int = 3  # of a reader that does not come back
    attempts_in_all: int = 12


LIMITS = Limits()
